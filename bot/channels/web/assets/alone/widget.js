// The button on a page of the commune, and the frame that it opens. `settings`: the sites that may, and the texts.
// Every style is set by script, as a page's own policy may refuse others, and in a tree of its own, where the
// page's rules do not reach.

const HOME = new URL(document.currentScript.src).origin;
const SIDE = document.currentScript.dataset.side === "left" ? "left" : "right";
const SMALL = "(max-width: 480px), (max-height: 480px)"; // the frame takes all of it
const ABOVE = 2147483000;
const SAYS_MS = 1000; // after its load, at the latest
const ICON = [
  ["rect", { width: "48", height: "48", rx: "12", fill: "#f2b632" }],
  ["path", { d: "M14 39V20a10 10 0 0 1 20 0v19z", fill: "#0b4f4a" }],
  ["path", { d: "M14 39V20a10 10 0 0 1 10-10v33z", fill: "#fff" }],
];
const texts = settings.texts;
const host = document.createElement("div");
const launcher = document.createElement("button");
const label = document.createElement("span");
const frame = document.createElement("iframe");
let opened = false;
let ready = false; // the page in the frame works, and can close itself
let said = false; // so of the one that is being loaded

function styled(made, styles) {
  Object.keys(styles).forEach((name) => made.style.setProperty(name, styles[name]));
}

function tell() {
  if (ready) frame.contentWindow.postMessage({ shown: opened }, HOME);
}

function set(isOpen) {
  opened = isOpen;
  if (opened && !ready) frame.src = `${HOME}/frame`; // also once more, when it did not come
  if (opened && !frame.isConnected) launcher.after(frame);
  lay();
  tell();
  if (opened) frame.focus();
  else launcher.focus();
}

// Until the page in it works, the button stays: nobody may be shut in by a line that is down.
function lay() {
  const small = matchMedia(SMALL).matches;
  const seen = window.visualViewport; // what the keyboard of a phone leaves
  const whole = { left: "0", right: "auto", bottom: "auto", width: "100%", "max-height": "none", border: "0", "border-radius": "0" };
  whole.top = seen ? `${seen.offsetTop}px` : "0";
  whole.height = seen ? `${seen.height}px` : "100%";
  const corner = { top: "auto", bottom: "16px", [SIDE]: "16px", [SIDE === "left" ? "right" : "left"]: "auto" };
  Object.assign(corner, { width: "400px", height: "680px", "max-height": "calc(100% - 32px)" });
  Object.assign(corner, { border: "1px solid #0b4f4a", "border-radius": "16px" });
  styled(frame, small ? whole : corner);
  styled(frame, { display: opened ? "block" : "none" });
  styled(launcher, { display: opened && ready ? "none" : "flex" });
  launcher.setAttribute("aria-expanded", String(opened));
}

function count(unread) {
  const more = unread ? ` (${unread})` : "";
  label.textContent = texts.open + more;
  launcher.setAttribute("aria-label", unread ? `${texts.open}, ${texts.unread.replace("{count}", unread)}` : texts.open);
}

// A page of ours has said that it works; what a browser shows in its place says nothing.
function loaded() {
  ready = said;
  said = false;
  lay();
}

function heard(event) {
  if (event.source !== frame.contentWindow || event.origin !== HOME || event.data.from !== "motcua") return;
  if (event.data.ready) {
    ready = said = true;
    lay();
    tell();
  }
  if (event.data.close) set(false);
  if ("unread" in event.data) count(event.data.unread);
}

function drawn() {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 48 48");
  svg.setAttribute("aria-hidden", "true");
  ICON.forEach(([tag, attributes]) => {
    const part = document.createElementNS("http://www.w3.org/2000/svg", tag);
    Object.keys(attributes).forEach((name) => part.setAttribute(name, attributes[name]));
    svg.append(part);
  });
  styled(svg, { width: "36px", height: "36px", "margin-right": "10px", flex: "none" });
  return svg;
}

function begin() {
  launcher.type = "button";
  launcher.append(drawn(), label);
  styled(launcher, {
    position: "fixed", bottom: "16px", [SIDE]: "16px", "z-index": ABOVE + 1, "align-items": "center", "box-sizing": "border-box", "min-height": "56px", padding: "8px 20px 8px 10px",
    border: "2px solid #fff", "border-radius": "28px", background: "#0b4f4a", color: "#fff", cursor: "pointer",
    font: "600 18px/1.3 system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif",
    "box-shadow": "0 2px 10px rgba(0, 0, 0, 0.4)",
  });
  ["focus", "blur"].forEach((kind) => launcher.addEventListener(kind, () => {
    styled(launcher, { outline: kind === "focus" ? "3px solid #f2b632" : "none", "outline-offset": "2px" });
  }));
  frame.id = "motcua-frame";
  frame.title = texts.title;
  frame.addEventListener("load", () => setTimeout(loaded, SAYS_MS));
  frame.setAttribute("allow", "clipboard-write; web-share");
  styled(frame, {
    position: "fixed", "z-index": ABOVE, "box-sizing": "border-box", "max-width": "100%", background: "#f3f1ec", "color-scheme": "light dark", "box-shadow": "0 4px 24px rgba(0, 0, 0, 0.4)",
  });
  launcher.setAttribute("aria-controls", frame.id);
  launcher.addEventListener("click", () => set(!opened));
  addEventListener("message", heard);
  addEventListener("keydown", (event) => event.key === "Escape" && opened && set(false));
  addEventListener("resize", lay);
  if (window.visualViewport) ["resize", "scroll"].forEach((kind) => visualViewport.addEventListener(kind, lay));
  count(0);
  lay();
  host.id = "motcua";
  styled(host, { all: "initial" });
  (host.attachShadow ? host.attachShadow({ mode: "open" }) : host).append(launcher);
  document.body.append(host);
}

if (settings.sites.indexOf(location.origin) < 0) {
  console.warn(texts.foreign.replace("{site}", location.origin));
} else if (!document.getElementById("motcua")) {
  if (document.body) begin();
  else addEventListener("DOMContentLoaded", begin);
}
