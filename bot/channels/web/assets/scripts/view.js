// How a message looks.

const MARKED = /^([☐☑✗•⚠]) ?(.*)$/;
const TICK = /^([☐☑]) ?(.*)$/;

function message(entry) {
  const failed = entry.state === "failed";
  return element(
    "div",
    { class: `message ${entry.who}${failed ? " failed" : ""}`, id: entry.key, tabindex: "-1", lang: entry.lang },
    spoken(`${entry.who === "me" ? texts.you : texts.name}: `),
    entry.title && title(entry.title),
    ...said(entry),
    failed && !entry.text && texts.opening,
    ...(entry.files || []).map((one) => file(one, entry.title)),
    isList(entry) && listTools(entry),
    entry.unasked && element("p", { class: "reach" }, texts[`push_${push}`]),
    ...choices(entry),
    entry.unasked && further(),
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
  const whole = entry.text ? [{ kind: "text", text: entry.text }] : [];
  const blocks = entry.blocks && entry.blocks.length ? entry.blocks : whole;
  return drawn(blocks.map((block) => withoutExamples(block, entry.examples || [])), entry.title ? 3 : 2);
}

// The examples are buttons below.
function withoutExamples(block, examples) {
  if (!examples.length || block.kind !== "text") return block;
  const others = block.text.split("\n").filter((line) => examples.indexOf(line.replace(/^• /, "")) < 0);
  return Object.assign({}, block, { text: others.join("\n") });
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
  const ticks = (block) => block.kind === "items" && block.items.some((one) => "ticked" in one);
  if (entry.who === "me") return false;
  return entry.blocks && entry.blocks.length ? entry.blocks.some(ticks) : /^[☐☑]/m.test(entry.text || "");
}

function file(one, title) {
  if (new URL(one.url, location.href).origin !== location.origin) return element("div", { class: "line" }, one.name);
  const address = { class: "chip", href: one.url, download: one.name };
  if (inKiosk && !one.name.endsWith(".png")) return onPhone(one.label || one.name);
  if (!one.name.endsWith(".png")) return element("div", { class: "file" }, element("a", address, `📄 ${one.label || one.name}`));
  const picture = element("img", { src: one.url, alt: one.label || title || one.name, loading: "lazy" });
  if (inKiosk) return element("div", { class: "picture" }, picture);
  const large = element("a", { class: "picture", href: one.url, target: "_blank", rel: "noopener" }, picture);
  return element("div", { class: "file" }, large, element("a", address, `⤓ ${one.label || one.name}`));
}

function upload() {
  const name = filled(texts.uploading, { percent: "" }).replace(/\s*%/, "");
  return element("progress", { max: "1", value: "0", "aria-label": name });
}

const ROWS = { "": "answers", way: "ways", danger: "dangers", final: "dangers" }; // tone of a choice -> its row

// In the order in which they can be typed as numbers; what deletes stands in a row of its own.
function choices(entry) {
  const rows = (entry.examples || []).map((text) => ["examples", button(text, "chip example", { "data-say": text })]);
  if (entry.asks_photo) rows.push(["answers", button(texts.photo, "chip photo", { "data-camera": "" })]);
  const ticks = tickValues(entry.blocks || []);
  const offered = (entry.choices || []).filter((choice) => !isInHead(choice) && ticks.indexOf(choice.value) < 0);
  offered.forEach((choice) => rows.push([ROWS[choice.tone || ""], chip(choice, entry)]));
  return rows.reduce((made, [kind, chip], n) => {
    if (!n || rows[n - 1][0] !== kind) made.push(element("div", { class: `choices ${kind}` }));
    made[made.length - 1].append(chip);
    return made;
  }, []);
}

// What its check boxes send: such a choice is for channels without them.
function tickValues(blocks) {
  const lists = blocks.filter((block) => block.kind === "items");
  return lists.reduce((values, list) => values.concat(list.items.map((one) => one.value)), []).filter(Boolean);
}

// The head offers the languages already.
function isInHead(choice) {
  return `${choice.value}:` === settings.language_choice;
}

// A label that begins with ☐ becomes a toggle: a screen reader says "pressed", not the name of the sign.
function chip(choice, entry) {
  const tick = TICK.exec(choice.label);
  const made = button(tick ? tick[2] : choice.label, "chip", { "data-choice": choice.value, lang: choice.lang });
  if (tick) made.setAttribute("aria-pressed", String(tick[1] === "☑"));
  made.classList.toggle("tick", Boolean(tick));
  if (choice.tone) made.classList.add(choice.tone);
  if (!tick && entry.chosen === choice.value) made.classList.add("chosen");
  if (!tick && entry.chosen === choice.value) made.append(spoken(` (${texts.chosen})`));
  return made;
}
