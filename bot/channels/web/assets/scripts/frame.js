// In a frame on a page of the commune: what its button there must know, and what the button does here.

const framed = settings.entrance === "frame" && parent !== window;
let closed = framed; // the frame is there and not shown

function unseen() {
  return document.hidden || closed;
}

// To whatever page holds the frame, which the server has chosen. Nothing of the talk goes over.
function tellHolder(what) {
  if (framed) parent.postMessage(Object.assign({ from: "motcua" }, what), "*");
}

// `shown()`: the frame was opened or closed; `focus()`: it has the keyboard now.
function joinHolder({ shown, focus }) {
  if (!framed) return;
  const close = byId("close");
  close.hidden = false;
  close.addEventListener("click", () => tellHolder({ close: true }));
  addEventListener("keydown", (event) => event.key === "Escape" && !event.isComposing && tellHolder({ close: true }));
  addEventListener("message", (event) => {
    if (event.source !== parent || typeof event.data.shown !== "boolean") return;
    closed = !event.data.shown;
    shown();
    if (event.data.shown) focus();
  });
  tellHolder({ ready: true });
}

// A browser that keeps no cookie in a frame takes every message for one of somebody else.
function stranger() {
  const way = element("a", { href: "/", target: "_blank", rel: "noopener" }, texts.own_page);
  byId("state").append(texts.no_cookies, " ", way);
  document.querySelectorAll("#composer button, #input, .chip").forEach((part) => (part.disabled = true));
}
