// The talk: what a tap, a tick or a typed line sends, what comes of it, and how the page begins and ends.

const BACK_SHOWN_MS = 4000;
const [input, composer, chooser, camera, state] = ["input", "composer", "file", "camera", "state"].map(byId);

// ---- sending

function say(text) {
  const entry = mine(text, { text, shows: shows() });
  const shown = show(entry);
  look(shown);
  // A touch keyboard would hide the answer; with a real one the next question follows.
  (matchMedia("(pointer: coarse)").matches ? shown : input).focus({ preventScroll: true });
  send(entry);
}

function tap(pressed) {
  const from = entryOf(pressed);
  if (!from || pressed.getAttribute("aria-busy") === "true") return;
  pressed.setAttribute("aria-busy", "true");
  from.chosen = pressed.dataset.choice;
  send(mine(pressed.firstChild.data, { choice: pressed.dataset.choice }, from.key));
}

// A tick in the list itself: nothing is added to the talk, the list is brought up to date by the reply.
function tick(box) {
  const from = entryOf(box);
  if (!from) return;
  if (box.getAttribute("aria-busy") === "true") return void (box.checked = !box.checked);
  box.setAttribute("aria-busy", "true");
  send(Object.assign(mine("", { choice: box.dataset.tick }, from.key), { quiet: true }));
}

function attach(chosen) {
  const entry = Object.assign(mine(`📎 ${chosen.name}`, null), { uploads: true });
  look(show(entry));
  smaller(chosen).then((file) => {
    if (file.content.size > settings.file_limit) return tooLarge(entry);
    files.set(entry.key, file);
    send(entry);
  });
}

function tooLarge(entry) {
  failed(entry, { final: true }, texts.file_too_large);
  look(byId(entry.key));
}

function resend(key) {
  const entry = entries.find((one) => one.key === key);
  if (outbox.indexOf(entry) < 0) outbox.push(entry);
  pump(true);
  byId(key).focus({ preventScroll: true });
}

// ---- what comes of it

// The button or check box that sent the entry, while it is shown.
function pressedBy(entry) {
  const shown = byId(entry.from);
  const value = entry.body && entry.body.choice;
  const all = shown ? Array.from(shown.querySelectorAll("[data-choice], [data-tick]")) : [];
  return all.find((one) => (one.dataset.choice || one.dataset.tick) === value) || null;
}

function settle(entry, replies) {
  const pressed = pressedBy(entry);
  const held = pressed !== null && document.activeElement === pressed;
  if (pressed) pressed.removeAttribute("aria-busy");
  const cleared = replies.some((reply) => reply.clears);
  if (cleared) forgetAll();
  const inPlace = isSame(entry, replies[0]) ? replaced(entry.from, replies[0], entry.key) : null;
  const asked = settleMine(entry, inPlace || cleared);
  const added = replies.slice(inPlace ? 1 : 0).map((reply) => show(theirs(reply, entry.key)));
  keep(entries);
  tellSaid(entries.filter((one) => one === entry || one.turn === entry.key));
  follow(entry.body && entry.body.choice);
  if (inPlace && document.contains(pressed)) return; // a tick: nothing moves
  const answer = inPlace || added[0];
  if (held && answer) answer.focus({ preventScroll: true });
  look(asked || answer);
}

// My own message as it is now answered; null if none is shown of it.
function settleMine(entry, isHidden) {
  const from = entries.find((one) => one.key === entry.from);
  entry.state = "sent";
  if (isHidden || !entry.text) return void remove(entry);
  if (from) show(from); // with the mark of what was chosen
  return show(entry);
}

// Whether the reply is the message that was tapped, brought up to date.
function isSame(entry, reply) {
  if (!reply || !entry.from) return false;
  const ticks = (block) => block.kind === "items" && block.items.some((one) => one.value === entry.body.choice);
  return reply.replaces || (entry.quiet && (reply.blocks || []).some(ticks));
}

// The page speaks the language that was chosen in the talk.
function follow(choice) {
  const begin = settings.language_choice;
  const chosen = choice && choice.startsWith(begin) ? choice.slice(begin.length) : language;
  if (chosen === language) return;
  const address = new URL(location.href);
  address.searchParams.set("lang", chosen);
  location.replace(address);
}

function connected(is) {
  const lost = [texts.offline, texts.waiting].indexOf(state.textContent) >= 0;
  if (!is) state.textContent = texts.offline;
  if (!is || !lost) return;
  state.textContent = texts.online;
  setTimeout(() => state.textContent === texts.online && (state.textContent = ""), BACK_SHOWN_MS);
}

function lineBack() {
  connected(true);
  pump();
}

function notice(replies, number) {
  see(number);
  const end = beyond() < NEAR_END;
  const shown = replies.map((reply, n) => show(theirs(reply, "", `notice-${number}-${n}`)));
  came(shown[0], end);
  keep(entries);
}

// ---- forgetting

// Done when the browser is told of nothing any more.
function forgetAll() {
  const stopped = stopPush();
  clear();
  markGone();
  tellGone();
  return stopped;
}

function leave() {
  if (inKiosk) return warn();
  if (!confirm(texts.leave_sure)) return;
  leaveServer().then(gone, () => connected(false));
}

function gone() {
  forgetAll().then(() => (inKiosk ? location.replace("/kiosk") : location.reload()));
}

// On a shared computer the page ends by itself, as its session does, when nobody has said anything for so long.
let idle = { seconds: 0, timer: 0 };

function endsIdle(seconds) {
  clearTimeout(idle.timer);
  idle = { seconds, timer: setTimeout(ended, seconds * 1000) };
}

function used() {
  if (idle.seconds) endsIdle(idle.seconds);
}

// Also without a line: the server ends its own part by its own clock.
function ended() {
  if (inKiosk) return startOver();
  leaveServer().then(gone, gone);
}

// Another tab was told to forget; what it says after that is for the page that is loaded now.
function goneElsewhere() {
  leaveTabs();
  clear();
  location.reload();
}

// ---- the composer

function grow() {
  input.style.height = "auto";
  input.style.height = `${input.scrollHeight + 4}px`; // its two borders
}

function typed(event) {
  const composing = event.isComposing || event.keyCode === 229; // Enter that ends a word of an input method
  if (event.key !== "Enter" || event.shiftKey || composing) return;
  submitted(event);
}

function submitted(event) {
  event.preventDefault();
  const text = input.value.trim();
  if (!text) return input.focus();
  input.value = "";
  grow();
  say(text);
}
