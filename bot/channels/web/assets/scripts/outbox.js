// Messages go out one at a time and in order. What cannot go waits with all that comes after it, and goes by
// itself when the line is back: an answer must not overtake the one before it.

const TYPING_AFTER_MS = 300; // most answers are faster
const RETRY_MS = 20000;
const TRIES = 20; // by itself, one message

const typing = byId("typing");
const files = new Map(); // key of my entry -> {name, content}
let outbox = [];
let pumping = false;
let retry = 0;

function send(entry) {
  outbox.push(entry);
  keep(entries);
  pump();
}

// Sends what waits; `byHand`: the person asked for it.
async function pump(byHand) {
  if (pumping || !outbox.length) return;
  pumping = true;
  clearTimeout(retry);
  outbox.forEach((entry) => again(entry, byHand));
  try {
    while (outbox.length && (await delivered(outbox[0])));
  } finally {
    pumping = false;
  }
}

function again(entry, byHand) {
  if (byHand) entry.tries = 0;
  if (entry.state !== "failed") return;
  entry.state = "sending";
  if (byId(entry.key)) show(entry);
}

function dropWaiting() {
  clearTimeout(retry);
  outbox = [];
  files.clear();
}

// Whether the message is dealt with, so that the next may go.
async function delivered(entry) {
  const wait = setTimeout(() => showTyping(entry), TYPING_AFTER_MS);
  let replies;
  try {
    replies = await post(entry, files.get(entry.key), (part) => uploaded(entry, part));
  } catch (error) {
    return unanswered(entry, error);
  } finally {
    clearTimeout(wait);
    hideTyping();
  }
  if (outbox[0] !== entry) return true; // all was forgotten meanwhile
  outbox.shift();
  files.delete(entry.key);
  connected(true);
  settle(entry, replies);
  return true;
}

function unanswered(entry, error) {
  if (outbox[0] !== entry) return true;
  if (error.offline) connected(false);
  const goesOn = error.final || error.ours;
  const waiting = goesOn ? [entry] : outbox.slice();
  if (goesOn) outbox.shift();
  waiting.forEach((one) => failed(one, error, one === entry ? error.sentence : ""));
  look(byId(waiting[waiting.length - 1].key));
  entry.tries = (entry.tries || 0) + 1;
  if (!goesOn && entry.tries < TRIES) retry = setTimeout(pump, RETRY_MS);
  keep(entries);
  return goesOn;
}

function failed(entry, error, sentence) {
  const note = sentence || (error.final ? texts.failed : texts.waiting);
  Object.assign(entry, { state: "failed", note, resendable: !error.final });
  const pressed = pressedBy(entry);
  if (entry.quiet) return error.final ? unticked(pressed) : void (byId("state").textContent = texts.waiting);
  if (pressed) pressed.removeAttribute("aria-busy");
  show(entry);
}

function unticked(box) {
  if (!box) return;
  box.removeAttribute("aria-busy");
  box.checked = !box.checked;
  byId("state").textContent = texts.unsaved;
}

// ---- what is seen of it

// Directly after what it answers: the end of a long talk may be far away.
function showTyping(entry) {
  const after = byId(entry.key) || byId(entry.from) || log.lastElementChild;
  if (after) after.after(typing);
  else log.append(typing);
  if (entry.uploads) return;
  typing.textContent = texts.typing;
  reveal(typing);
  announce(texts.typing);
}

function hideTyping() {
  typing.textContent = "";
  announce("");
}

function uploaded(entry, part) {
  const shown = byId(entry.key);
  const bar = shown && shown.querySelector("progress");
  if (bar) bar.value = part;
  if (!entry.uploads) return;
  const percent = String(Math.round(part * 100));
  typing.textContent = part < 1 ? filled(texts.uploading, { percent }) : texts.typing;
}
