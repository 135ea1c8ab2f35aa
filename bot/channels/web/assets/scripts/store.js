// What was said, kept for this tab only: a shared computer forgets it with the tab.

const STORE = "motcua";
const SEEN = "motcua-seen";
const GONE = "motcua-gone"; // when this browser was last told to forget everything, in ms
const KEPT = 80; // messages that a reload shows again
const RESENT_MS = 10 * 60 * 1000; // what was being sent longer ago is not sent by itself

// A storage that is full or switched off costs only what a reload would show.
function stored(action, otherwise) {
  try {
    return action();
  } catch (error) {
    return otherwise;
  }
}

function keep(entries) {
  const kept = JSON.stringify({ at: Date.now(), idle_s: idle.seconds, entries: entries.slice(-KEPT) });
  stored(() => sessionStorage.setItem(STORE, kept));
}

// What this tab showed last; nothing of what was said before the browser was told to forget.
function restore() {
  const kept = stored(() => JSON.parse(sessionStorage.getItem(STORE)), null);
  if (!kept || !kept.entries || kept.at < goneAt()) return [];
  if (kept.idle_s && kept.at < Date.now() - kept.idle_s * 1000) return [];
  if (kept.idle_s) endsIdle(kept.idle_s);
  return kept.entries.map(interrupted);
}

function goneAt() {
  return stored(() => Number(localStorage.getItem(GONE)), 0);
}

// The number of the last notice shown, for all tabs: it is not shown again.
function seen() {
  return stored(() => localStorage.getItem(SEEN), null) || "0";
}

function see(number) {
  stored(() => localStorage.setItem(SEEN, number));
}

function forgetHere() {
  stored(() => sessionStorage.removeItem(STORE));
}

// The mark makes the other tabs forget, also one that is asleep or in the history.
function markGone() {
  stored(() => localStorage.removeItem(SEEN));
  stored(() => localStorage.setItem(GONE, String(Date.now())));
}

// A reload while sending: nobody knows whether it arrived, so it is sent again under its id. A file is gone.
function interrupted(entry) {
  const open = entry.state === "sending" || (entry.state === "failed" && entry.resendable);
  if (!open) return entry;
  const note = entry.body ? texts.failed : texts.file_lost;
  return Object.assign({}, entry, { state: "failed", resendable: Boolean(entry.body), note });
}

function goesOutAgain(entry) {
  return entry.state === "failed" && entry.resendable && Date.now() - entry.at < RESENT_MS;
}
