// How a message looks.

const MARKED = /^([☐☑✗•⚠]) ?(.*)$/;
const TICK = /^([☐☑]) ?(.*)$/;

function message(entry) {
  const failed = entry.state === "failed";
  return element(
    "div",
    { class: `message ${entry.who}${failed ? " failed" : ""}`, id: entry.key, tabindex: "-1" },
    spoken(`${entry.who === "me" ? texts.you : texts.name}: `),
    entry.title && title(entry.title),
    ...said(entry),
    failed && !entry.text && texts.opening,
    ...(entry.files || []).map((one) => file(one, entry.title)),
    isList(entry) && listTools(entry),
    ...choices(entry),
    entry.state === "sending" && entry.uploads && upload(),
    failed && element("p", { class: "note" }, entry.note),
    failed && entry.resendable && button(texts.resend, "chip resend", { "data-resend": entry.key }),
  );
}

// What stands after the last dot, as how far a form is, goes below in small.
function title(text) {
  const parts = /^(.*) · (.*)$/.exec(text);
  if (!parts) return element("h2", {}, text);
  return element("h2", {}, parts[1], " ", element("span", { class: "aside" }, parts[2]));
}

function said(entry) {
  if (entry.blocks && entry.blocks.length) return drawn(entry.blocks, entry.title ? 3 : 2);
  const examples = entry.examples || [];
  const told = (entry.text || "").split("\n").filter((line) => examples.indexOf(line.replace(/^• /, "")) < 0);
  return entry.text ? told.map(line) : [];
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

function isList(entry) {
  const ticks = (block) => block.kind === "items" && block.items.some((one) => one.value || "ticked" in one);
  if (entry.who === "me") return false;
  return entry.blocks && entry.blocks.length ? entry.blocks.some(ticks) : /^[☐☑]/m.test(entry.text || "");
}

function file(one, title) {
  if (new URL(one.url, location.href).origin !== location.origin) return element("div", { class: "line" }, one.name);
  const address = { class: "chip", href: one.url, download: one.name };
  if (!one.name.endsWith(".png")) return element("div", { class: "file" }, element("a", address, `📄 ${one.name}`));
  const picture = element("img", { src: one.url, alt: title || one.name, loading: "lazy" });
  return element("a", { class: "picture", href: one.url, target: "_blank", rel: "noopener" }, picture);
}

function upload() {
  const name = filled(texts.uploading, { percent: "" }).replace(/\s*%/, "");
  return element("progress", { max: "1", value: "0", "aria-label": name });
}

// Answers first, ways elsewhere below them, and what deletes in a row of its own.
function choices(entry) {
  const offered = entry.choices || [];
  const of = (tones) => offered.filter((choice) => tones.indexOf(choice.tone || "") >= 0).map((c) => chip(c, entry));
  const photo = entry.asks_photo ? [button(texts.photo, "chip photo", { "data-camera": "" })] : [];
  const examples = (entry.examples || []).map((text) => button(text, "chip example", { "data-say": text }));
  return [
    row("examples", examples),
    row("", photo.concat(of([""]))),
    row("ways", of(["way"])),
    row("dangers", of(["danger", "final"])),
  ].filter(Boolean);
}

function row(kind, chips) {
  return chips.length ? element("div", { class: `choices ${kind}`.trim() }, ...chips) : null;
}

// A label that begins with ☐ becomes a toggle: a screen reader says "pressed", not the name of the sign.
function chip(choice, entry) {
  const tick = TICK.exec(choice.label);
  const made = button(tick ? tick[2] : choice.label, "chip", { "data-choice": choice.value });
  if (tick) made.setAttribute("aria-pressed", String(tick[1] === "☑"));
  made.classList.toggle("tick", Boolean(tick));
  if (choice.tone) made.classList.add(choice.tone);
  if (!tick && entry.chosen === choice.value) made.classList.add("chosen");
  if (!tick && entry.chosen === choice.value) made.append(spoken(` (${texts.chosen})`));
  return made;
}
