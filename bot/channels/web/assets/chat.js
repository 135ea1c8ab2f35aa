// The talk: sends one message at a time, in order, and shows what came back.

import { forget, keep, restore, see, seen } from "./store.js";
import { message, patch } from "./view.js";
import { Unanswered, listen, post } from "./wire.js";

const settings = JSON.parse(document.body.dataset.settings);
const { texts, language } = settings;
const byId = (id) => document.getElementById(id);
const [log, input, file, typing, state] = ["log", "input", "file", "typing", "state"].map(byId);

const TYPING_AFTER_MS = 300; // most answers are faster
const BACK_SHOWN_MS = 4000;

let entries = []; // {key, who: "bot"|"me", text, ...}; those of mine also {body, from, state, note, resendable}
let queue = Promise.resolve();
const files = new Map(); // key of my entry -> File

// ---- what is shown

function draw(entry) {
  return message(entry, texts, {
    tap: (choice, chip) => tap(entry, choice, chip),
    resend: () => resend(entry),
  });
}

function add(entry) {
  entries.push(entry);
  return log.appendChild(draw(entry));
}

function redraw(entry) {
  const shown = byId(entry.key);
  if (!shown) return add(entry);
  const fresh = draw(entry);
  shown.replaceWith(fresh);
  return fresh;
}

function remove(entry) {
  entries = entries.filter((other) => other !== entry);
  byId(entry.key)?.remove();
}

function said({ title, text, choices, files }, key = newKey()) {
  return { key, who: "bot", title, text, choices, files };
}

// Puts the reply where its question stood; false if that is no longer kept.
function replaced(key, reply) {
  const place = entries.findIndex((entry) => entry.key === key);
  if (place < 0) return false;
  const before = entries[place];
  entries[place] = said(reply, key);
  if (!patch(byId(key), before, entries[place])) redraw(entries[place]);
  return true;
}

function look(shown) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  shown?.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
}

// ---- sending

function mine(text, body, from = "") {
  return { key: newKey(), who: "me", text, body, from, state: "sending" };
}

function say(text) {
  const entry = mine(text, { text });
  const shown = add(entry);
  look(shown);
  // A touch keyboard would hide the answer; with a real one the next question follows.
  (matchMedia("(pointer: coarse)").matches ? shown : input).focus({ preventScroll: true });
  send(entry);
}

function start(payload) {
  send(mine("", { start: payload }));
}

function tap(from, choice, chip) {
  if (chip.getAttribute("aria-busy") === "true") return;
  chip.setAttribute("aria-busy", "true");
  send(mine(choice.label, { choice: choice.value }, from.key), chip);
}

function choose(event) {
  const { lang, textContent } = event.currentTarget;
  event.preventDefault();
  send(mine(textContent, { choice: settings.language_choice + lang }));
}

function attach(chosen) {
  const entry = mine(`📎 ${chosen.name}`, null);
  look(add(entry));
  if (chosen.size > settings.file_limit) return fail(entry, new Unanswered(413, texts.file_too_large));
  files.set(entry.key, chosen);
  send(entry);
}

function resend(entry) {
  entry.state = "sending";
  redraw(entry).focus({ preventScroll: true });
  send(entry);
}

function send(entry, chip = null) {
  keep(entries);
  queue = queue.then(() => deliver(entry, chip));
}

async function deliver(entry, chip) {
  const wait = setTimeout(() => (typing.textContent = texts.typing), TYPING_AFTER_MS);
  try {
    const replies = await post(entry, files.get(entry.key), language);
    connected(true);
    settle(entry, replies, chip);
  } catch (error) {
    if (!(error instanceof Unanswered)) throw error;
    fail(entry, error);
  } finally {
    clearTimeout(wait);
    typing.textContent = "";
    chip?.removeAttribute("aria-busy");
    keep(entries);
  }
  if (entry.state === "sent") follow(entry.body?.choice);
}

// The page speaks the language that was chosen in the talk.
function follow(choice = "") {
  const chosen = choice.startsWith(settings.language_choice) && choice.slice(settings.language_choice.length);
  if (!chosen || chosen === language) return;
  const address = new URL(location.href);
  address.searchParams.set("lang", chosen);
  location.replace(address);
}

function settle(entry, replies, chip) {
  const held = chip !== null && document.activeElement === chip;
  const [first, ...others] = replies;
  const inPlace = Boolean(first?.replaces && entry.from && replaced(entry.from, first));
  entry.state = "sent";
  files.delete(entry.key);
  const asked = inPlace || !entry.text ? remove(entry) : redraw(entry);
  const added = (inPlace ? others : replies).map((reply) => add(said(reply)));
  const answer = inPlace ? byId(entry.from) : added[0];
  if (inPlace && document.contains(chip)) return; // a tick: nothing moves
  if (held) answer?.focus({ preventScroll: true });
  if (log.firstElementChild !== answer) look(asked || answer);
}

function fail(entry, unanswered) {
  if (unanswered.offline) connected(false);
  const note = unanswered.message || texts.failed;
  Object.assign(entry, { state: "failed", note, resendable: !unanswered.final });
  look(redraw(entry));
  keep(entries);
}

// ---- connection and notices

function connected(is) {
  const lost = state.textContent === texts.offline;
  if (!is) state.textContent = texts.offline;
  if (!is || !lost) return;
  state.textContent = texts.online;
  setTimeout(() => state.textContent === texts.online && (state.textContent = ""), BACK_SHOWN_MS);
}

function notice(replies, number) {
  see(number);
  const atEnd = innerHeight + scrollY > document.body.scrollHeight - 150;
  const added = replies.map((reply) => add(said(reply)));
  if (atEnd) look(added[0]); // else the person is reading further up
  keep(entries);
}

async function leave() {
  if (!confirm(texts.leave_sure)) return;
  const left = await fetch("/chat/leave", { method: "POST" }).catch(() => null);
  if (!left?.ok) return connected(false);
  forget();
  location.reload();
}

// ---- the page

function newKey() {
  // randomUUID is missing on plain http, which an office's own network may use
  return Array.from(crypto.getRandomValues(new Uint8Array(12)), (n) => n.toString(16).padStart(2, "0")).join("");
}

function grow() {
  input.style.height = "auto";
  input.style.height = `${input.scrollHeight + 4}px`; // its two borders
}

function typed(event) {
  const composing = event.isComposing || event.keyCode === 229; // Enter that ends a word of an input method
  if (event.key !== "Enter" || event.shiftKey || composing) return;
  event.preventDefault();
  byId("composer").requestSubmit();
}

function submitted(event) {
  event.preventDefault();
  const text = input.value.trim();
  if (!text) return input.focus();
  input.value = "";
  grow();
  say(text);
}

function begin() {
  const address = new URL(location.href);
  const payload = address.searchParams.get("start");
  address.searchParams.delete("start"); // a reload must not start again
  history.replaceState(null, "", address);
  entries = restore(texts);
  log.append(...entries.map(draw));
  if (entries.length > 1) log.lastElementChild.scrollIntoView();
  if (payload !== null || !entries.length) start(payload || "");
  if (!navigator.onLine) connected(false);
  listen({ opened: () => connected(navigator.onLine), received: notice, seen });
}

input.addEventListener("input", grow);
input.addEventListener("keydown", typed);
byId("composer").addEventListener("submit", submitted);
byId("attach").addEventListener("click", () => file.click());
file.addEventListener("change", () => {
  if (file.files.length) attach(file.files[0]);
  file.value = "";
});
byId("language").addEventListener("click", choose);
byId("leave").addEventListener("click", leave);
addEventListener("offline", () => connected(false));
addEventListener("online", () => connected(true));
begin();
