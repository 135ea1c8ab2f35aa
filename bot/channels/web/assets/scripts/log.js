// The talk as entries: {key, who: "bot"|"me", text, ...}; those of mine also {body, from, at, state, note,
// resendable, quiet, uploads}. Each is drawn once and then changed in place.

const log = byId("log");
let entries = [];

function mine(text, body, from) {
  return { key: newKey(), who: "me", text, body, from: from || "", at: Date.now(), state: "sending" };
}

// A reply as an entry; `turn` is the message that it answers, empty for a notice.
function theirs(reply, turn, key) {
  const { title, text, blocks, choices, files, examples, asks_photo, lang, asks, unasked } = reply;
  const entry = { key: key || newKey(), who: "bot", turn, title, text, blocks, choices, files, examples };
  return Object.assign(entry, { asks_photo, lang, asks, unasked, at: Date.now() });
}

// What this tab shows as open: the mark on the newest reply that has one.
function shows() {
  const marked = entries.filter((entry) => entry.asks);
  return marked.reduce((newest, entry) => (entry.at < newest.at ? newest : entry), { at: 0 }).asks;
}

function entryOf(node) {
  const shown = node.closest(".message");
  return shown ? entries.find((entry) => entry.key === shown.id) : null;
}

// Shows an entry, as a new one at the end or changed where it stands.
function show(entry) {
  const place = entries.findIndex((other) => other.key === entry.key);
  const shown = byId(entry.key);
  const fresh = message(entry);
  if (place < 0) entries.push(entry);
  else entries[place] = entry;
  if (shown) morphHolding(shown, fresh);
  else log.append(fresh);
  rest();
  return byId(entry.key);
}

function remove(entry) {
  const shown = byId(entry.key);
  entries = entries.filter((other) => other !== entry);
  if (shown) shown.remove();
  rest();
}

// Puts the reply where its question stood; null if that is no longer kept.
function replaced(key, reply, turn) {
  const before = entries.find((entry) => entry.key === key);
  return before ? show(theirs(reply, turn, key)) : null;
}

// Draws all that is kept from before instead of the greeting that the page came with.
function showAll(kept) {
  entries = kept;
  log.textContent = "";
  log.append(...kept.map(message));
  rest();
}

// Buttons of what the talk has left behind step back, and those that would delete at once are out of use.
// The last list is what is printed.
function rest() {
  const answers = entries.filter((entry) => entry.who === "bot");
  const last = answers.filter((entry) => entry.turn).pop();
  const lists = answers.filter(isList);
  const printed = (lists.length ? lists : answers).slice(-1)[0];
  answers.forEach((entry) => {
    const shown = byId(entry.key);
    const past = Boolean(last && entry.turn !== last.turn && entry.turn !== "");
    shown.classList.toggle("past", past);
    shown.classList.toggle("printed", entry === printed);
    shown.querySelectorAll(".chip.final").forEach((chip) => (chip.disabled = past));
  });
  const isNothing = entries.length < 2 && !entries.some((entry) => entry.title); // yet, to end or to take along
  byId("leave").hidden = isNothing;
  byId("along").hidden = isNothing || !inKiosk;
}

// ---- what the other tabs said, and what they are told

function shared(entry) {
  return entry.who === "bot" || entry.state === "sent";
}

function taken(others) {
  const isNew = isOnlyGreeted(); // a tab that was just opened begins where the talk is
  const atEnd = beyond() < NEAR_END;
  const fresh = others.filter(isNews);
  if (!fresh.length) return;
  const shown = fresh.map(show);
  used();
  if (isNew) log.lastElementChild.scrollIntoView();
  else if (atEnd) look(shown[0]);
  keep(entries);
}

function isNews(other) {
  const known = entries.find((entry) => entry.key === other.key);
  return JSON.stringify(known) !== JSON.stringify(other);
}

function isOnlyGreeted() {
  return entries.every((entry) => entry.turn === "open");
}

// Nothing of it is left in this tab: in its storage, in what still waits, and on the screen.
function clear() {
  dropWaiting();
  forgetHere();
  showAll([]);
}
