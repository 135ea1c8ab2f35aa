// How a message looks. Every text becomes a text node: nothing of a message is ever read as HTML.

const MARKED = /^([☐☑✗•⚠]) ?(.*)$/u;
const TICK = /^([☐☑]) ?(.*)$/u;
const LINK = /(https?:\/\/[^\s<>"]*[^\s<>".,;:!?)])|(?<![\w.-])(0\d{2,3}[ .]?\d{3}[ .]?\d{3,4}|1[89]00[ .]?\d{2}[ .]?\d{2,4})(?![\w-]|\.\d)|(?<![\w.-])((?:[A-Z\d]+\.)*[A-Z\d]+(?:-[A-Z\d]+){2})(?![\w-])/g; // the last: a code

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children.filter(Boolean));
  return made;
}

// One message as an element. `texts` are the labels of the page; `tap(value, label)` and `resend()` are called.
export function message(entry, texts, { tap, resend }) {
  const speaker = entry.who === "me" ? texts.you : texts.name;
  const failed = entry.state === "failed";
  return element(
    "div",
    { class: `message ${entry.who}${failed ? " failed" : ""}`, id: entry.key, tabindex: "-1" },
    element("span", { class: "spoken" }, `${speaker}: `),
    entry.title && title(entry.title),
    ...lines(entry.text),
    ...(entry.files || []).map((one) => file(one, entry.title)),
    entry.choices?.length && choices(entry.choices, tap),
    failed && element("p", { class: "note" }, entry.note),
    failed && entry.resendable && button(texts.resend, "chip resend", resend),
  );
}

// Ticks of the same list change in place, so that focus and screen readers stay where they are.
export function patch(shown, before, after) {
  const values = (entry) => (entry.choices || []).map((choice) => choice.value).join("\n");
  const alike = values(before) === values(after) && before.title === after.title;
  const old = [...shown.querySelectorAll(":scope > .line")];
  const fresh = lines(after.text);
  if (!alike || !values(after) || old.length !== fresh.length) return false;
  fresh.forEach((line, n) => line.textContent !== old[n].textContent && old[n].replaceWith(line));
  shown.querySelectorAll(".choices .chip").forEach((chip, n) => label(chip, after.choices[n].label));
  return true;
}

// What stands after the last dot, as how far a form is, goes below in small.
function title(text) {
  const [, name, aside] = /^(.*) · (.*)$/.exec(text) || [text, text];
  return element("h2", {}, name, aside && " ", aside && element("span", { class: "aside" }, aside));
}

function lines(text) {
  return text ? text.split("\n").map(line) : [];
}

// Lists hang, what is indented belongs to the entry above, and a line between a gap and a list heads the list.
function line(text, n, all) {
  const marked = MARKED.exec(text);
  if (marked) {
    const mark = element("span", { class: "mark" }, marked[1]);
    return element("div", { class: "line item" }, mark, ...linked(marked[2]));
  }
  const heads = all[n - 1] === "" && MARKED.test(all[n + 1] || "");
  const kind = text.startsWith("  ") ? "more" : heads ? "heading" : "";
  return element("div", { class: `line ${kind}` }, ...linked(text.trim()));
}

function linked(text) {
  const parts = [];
  let end = 0;
  for (const found of text.matchAll(LINK)) {
    parts.push(text.slice(end, found.index), piece(found));
    end = found.index + found[0].length;
  }
  return [...parts, text.slice(end)];
}

function piece([text, site, phone]) {
  if (site) return element("a", { href: site, target: "_blank", rel: "noopener noreferrer" }, text);
  if (phone) return element("a", { href: `tel:${phone.replace(/[ .]/g, "")}` }, text);
  return element("span", { class: "code" }, text);
}

function file({ name, url }, title) {
  if (new URL(url, location.href).origin !== location.origin) return element("div", { class: "line" }, name);
  const link = element("a", { class: "chip", href: url, download: name }, `📄 ${name}`);
  if (!name.endsWith(".png")) return element("div", { class: "file" }, link);
  const picture = element("img", { src: url, alt: title || name, loading: "lazy" });
  return element("a", { class: "picture", href: url, target: "_blank", rel: "noopener" }, picture);
}

function choices(offered, tap) {
  return element("div", { class: "choices" }, ...offered.map((choice) => chip(choice, tap)));
}

function chip(choice, tap) {
  const made = button("", "chip", () => tap(choice, made));
  label(made, choice.label);
  return made;
}

// A label that begins with ☐ becomes a toggle: a screen reader says "pressed", not the name of the sign.
function label(chip, text) {
  const tick = TICK.exec(text);
  chip.classList.toggle("tick", Boolean(tick));
  if (tick) chip.setAttribute("aria-pressed", String(tick[1] === "☑"));
  const words = tick ? tick[2] : text;
  if (chip.textContent !== words) chip.textContent = words;
}

function button(text, className, onclick) {
  const made = element("button", { type: "button", class: className }, text);
  made.addEventListener("click", onclick);
  return made;
}
