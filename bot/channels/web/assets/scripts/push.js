// News while the page is closed, if the person allows it. `push` is what this browser can and does: "none", "off",
// "on", or "denied" when the person has forbidden it here.

const WORKER = `/worker.js?lang=${language}`;
const pushes = Boolean(settings.push_key && navigator.serviceWorker && window.PushManager && window.Notification);
let push = inKiosk ? "kiosk" : "none";

// Offline the worker says so instead of the browser; it also receives what is pushed.
function beginWorker() {
  if (settings.entrance || !navigator.serviceWorker) return; // a frame or a hall's screen is not for keeping
  navigator.serviceWorker.register(WORKER).then((worker) => pushes && lookAt(worker)).catch(() => {});
}

// A subscription is told anew with each visit: the server forgets those of browsers that do not come any more.
function lookAt(worker) {
  return worker.pushManager.getSubscription().then((found) => {
    if (found && Notification.permission === "granted") return keepPush(found);
    pushIs(Notification.permission === "denied" ? "denied" : "off");
  });
}

function keepPush(subscription) {
  return asked("POST", "/chat/push", JSON.stringify(subscription), TIMEOUT_MS.json).then(() => pushIs("on"), pushFailed);
}

function pushFailed() {
  pushIs(Notification.permission === "denied" ? "denied" : "off");
  byId("state").textContent = Notification.permission === "denied" ? "" : texts.push_failed;
}

function pushIs(now) {
  push = now;
  entries.filter((entry) => entry.unasked).forEach(show);
}

function startPush(pressed) {
  pressed.setAttribute("aria-busy", "true");
  byId("state").textContent = "";
  const options = { userVisibleOnly: true, applicationServerKey: bytes(settings.push_key) };
  navigator.serviceWorker.ready
    .then((worker) => worker.pushManager.subscribe(options))
    .then(keepPush, pushFailed)
    .then(() => pressed.removeAttribute("aria-busy"));
}

// Here and at the service; the server's row goes too, or when the service says that it is gone.
function stopPush() {
  if (push !== "on") return Promise.resolve();
  pushIs("off");
  return navigator.serviceWorker.ready
    .then((worker) => worker.pushManager.getSubscription())
    .then((found) => found && Promise.all([found.unsubscribe(), endPush(found)]))
    .catch(() => {});
}

function endPush(subscription) {
  const body = JSON.stringify({ endpoint: subscription.endpoint });
  return asked("POST", "/chat/push/stop", body, TIMEOUT_MS.json);
}

function bytes(text) {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
}

// What carries a notice further than this page: below the answers of who decides to be told.
function further() {
  const ways = {
    off: () => button(texts.push_start, "chip way", { "data-push": "start" }),
    on: () => button(texts.push_stop, "chip way", { "data-push": "stop" }),
    kiosk: () => button(texts.along, "chip way", { "data-along": "" }),
  };
  return ways[push] && element("div", { class: "choices ways" }, ways[push]());
}
