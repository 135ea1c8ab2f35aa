// The ground of all parts: settings of this page, elements by id, and the making of elements.
// Written in the JavaScript of 2018 (ES2018, without look-behind): one newer sign blanks an older phone.

const settings = JSON.parse(document.body.dataset.settings);
const texts = settings.texts;
const language = settings.language;
const inKiosk = settings.entrance === "kiosk";

const byId = (id) => document.getElementById(id);

function element(tag, attributes, ...children) {
  const made = document.createElement(tag);
  const known = Object.keys(attributes).filter((name) => attributes[name] !== undefined);
  known.forEach((name) => made.setAttribute(name, attributes[name]));
  made.append(...children.filter((child) => child || child === 0));
  return made;
}

function button(text, className, attributes) {
  return element("button", Object.assign({ type: "button", class: className }, attributes), text);
}

// Read aloud, not seen.
function spoken(text) {
  return element("span", { class: "spoken" }, text);
}

// A text with its named places filled in: {date}.
function filled(text, values) {
  return Object.keys(values).reduce((told, name) => told.split(`{${name}}`).join(values[name]), text);
}

function newKey() {
  // randomUUID is missing on plain http, which an office's own network may use
  const numbers = Array.from(crypto.getRandomValues(new Uint8Array(12)));
  return numbers.map((number) => (number + 256).toString(16).slice(1)).join("");
}

// Tells a screen reader something that the others see.
function announce(text) {
  byId("said").textContent = text;
}
