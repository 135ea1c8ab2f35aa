// The blocks of a reply as elements. Every text becomes a text node: nothing of it is ever read as HTML.

const CODE = /^(?:[A-Z\d]+\.)*[A-Z\d]+(?:-[A-Z\d]+){2}$/; // of a dossier or a form
const SITE = /^https?:\/\/[^\s<>"]+$/;
const BEFORE = /^[“"'(]*/;
const AFTER = /[”"').,;:!?]*$/;

const KINDS = {
  text: (block) => element("div", { class: "text", lang: block.lang }, ...told(block)),
  heading: (block, level) => element("h3", { "aria-level": String(level), lang: block.lang }, ...words(block)),
  items: (block) => element("ul", { class: "items" }, ...block.items.map(item)),
  facts: (block) => element("dl", { class: "facts" }, ...block.facts.map(fact)),
  fold: (block, level) => fold(block.fold || block, level),
  steps: (block) => element("ol", { class: "steps" }, ...block.steps.map(step)),
};

// `level`: of the headings. A kind that this page does not know yet shows its text.
function drawn(blocks, level) {
  return blocks.map((block) => (KINDS[block.kind] || KINDS.text)(block, level));
}

// A paper that can be ticked is a real check box; its value is sent when it is ticked. What is not to be ticked
// has a button that changes it.
function item(one) {
  const note = one.note && element("div", { class: "more" }, ...noted(one.note));
  if (!one.value) {
    const mark = one.ticked ? element("span", { class: "mark" }, "✓") : "";
    return element("li", { class: one.ticked ? "has" : "", lang: one.lang }, mark, ...words(one), note);
  }
  if (!("ticked" in one)) {
    return element("li", { class: "changeable" }, element("span", {}, ...words(one)), change(one), note);
  }
  const box = element("input", { type: "checkbox", "data-tick": one.value });
  if (one.ticked) box.setAttribute("checked", "");
  box.checked = Boolean(one.ticked);
  const label = element("label", {}, box, element("span", {}, ...words(one)));
  return element("li", { class: "tickable", lang: one.lang }, label, note);
}

function change(one) {
  const name = `${texts.change}: ${one.text.split(":")[0]}`;
  return button(texts.change, "change", { "data-choice": one.value, "aria-label": name });
}

function noted(note) {
  return typeof note === "string" ? linked(note) : words(note);
}

// A text without spans hangs its lists, line by line.
function told(one) {
  return one.spans && one.spans.length ? words(one) : (one.text || "").split("\n").map(line);
}

function fact(one) {
  return element("div", {}, element("dt", {}, one.label), element("dd", { lang: one.lang }, ...told(one)));
}

function fold(what, level) {
  const inside = element("div", { class: "folded" }, ...drawn(what.blocks || [], level));
  return element("details", { class: "fold" }, element("summary", {}, what.title), inside);
}

function step(one) {
  const attributes = { class: one.current ? "current" : one.done ? "done" : "" };
  if (one.current) attributes["aria-current"] = "step";
  const state = one.current ? texts.now_at : one.done ? texts.done : "";
  return element("li", attributes, ...words(one), state && spoken(` (${state})`));
}

// The words of a block or of an entry in it: its spans, or its text.
function words(one) {
  return one.spans && one.spans.length ? one.spans.map(span) : linked(one.text || "");
}

const SPANS = {
  strong: (one) => element("strong", {}, one.text),
  code: (one) => code(one.text),
  phone: (one) => inKiosk ? one.text : element("a", { href: `tel:${one.text.replace(/[^\d+]/g, "")}` }, one.text),
  link: (one) => link(one.text, one.href || one.text),
};

function span(one) {
  return SPANS[one.as] ? SPANS[one.as](one) : element("span", {}, ...broken(one.text));
}

// A code in one piece, with a button that copies it.
function code(text) {
  const name = filled(texts.copy, { text });
  const copies = button("", "copy", { "data-copy": text, "aria-label": name, title: name });
  return element("span", { class: "code" }, text, copies);
}

function link(text, address) {
  if (!SITE.test(address) || inKiosk) return text === address ? text : `${text} (${address})`;
  return element("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, text);
}

function broken(text) {
  const lines = text.split("\n");
  return lines.reduce((made, line, n) => made.concat(n ? [element("br", {}), line] : [line]), []);
}

// A text without spans: its addresses become links and its codes stay in one piece. A run of digits is no
// phone number: it may be an account.
function linked(text) {
  return text.split(/(\s+)/).reduce((made, word) => made.concat(linkedWord(word)), []);
}

function linkedWord(word) {
  if (word.indexOf("\n") >= 0) return broken(word);
  const before = BEFORE.exec(word)[0];
  const after = AFTER.exec(word.slice(before.length))[0];
  const bare = word.slice(before.length, word.length - after.length);
  if (SITE.test(bare)) return [before, link(bare, bare), after];
  if (CODE.test(bare)) return [before, element("span", { class: "code" }, bare), after];
  return [word];
}
