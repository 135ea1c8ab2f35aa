// The other tabs of this browser: they are one person in one talk, so each shows what another one said.
// Where a browser has no BroadcastChannel, only marks without content go through its storage.

const CHANNEL = "motcua";
const MOVED = "motcua-moved"; // another tab went on with the talk
const HELLO_MS = 200; // for an open tab to hand over what it shows

const channel = typeof BroadcastChannel === "function" ? new BroadcastChannel(CHANNEL) : null;

// `taken(entries)`: said elsewhere; `shown()`: what this tab shows; `gone()`: forget; `moved()`: ask what is open.
function joinTabs({ taken, shown, gone, moved }) {
  const kinds = {
    said: (message) => taken(message.entries),
    hello: () => shown().length && channel.postMessage({ kind: "said", entries: shown() }),
    gone,
  };
  if (channel) channel.onmessage = (event) => kinds[event.data.kind](event.data);
  addEventListener("storage", (event) => {
    if (event.key === GONE && event.newValue) gone();
    if (event.key === MOVED && !channel) moved();
  });
}

function tellSaid(entries) {
  if (channel) return channel.postMessage({ kind: "said", entries });
  stored(() => localStorage.setItem(MOVED, String(Date.now())));
}

function tellGone() {
  if (channel) channel.postMessage({ kind: "gone" });
}

// Hears nothing more of the other tabs.
function leaveTabs() {
  if (channel) channel.onmessage = null;
}

// Asks the open tabs for what they show; done when one that is awake has had the time to answer.
function hello() {
  if (!channel) return Promise.resolve();
  channel.postMessage({ kind: "hello" });
  return new Promise((done) => setTimeout(done, HELLO_MS));
}
