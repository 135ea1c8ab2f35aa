// What was said, kept for this tab only: a shared computer forgets it with the tab.

const STORE = "motcua";
const SEEN = "motcua-seen";
const KEPT = 80; // messages that a reload shows again

export function keep(entries) {
  try {
    sessionStorage.setItem(STORE, JSON.stringify(entries.slice(-KEPT)));
  } catch {
    // storage is full or switched off: only a reload loses the view
  }
}

export function restore(texts) {
  try {
    return JSON.parse(sessionStorage.getItem(STORE) || "[]").map((entry) => interrupted(entry, texts));
  } catch {
    return [];
  }
}

// The number of the last notice shown, for all tabs: it is not shown again.
export function seen() {
  try {
    return localStorage.getItem(SEEN) || "0";
  } catch {
    return "0";
  }
}

export function see(number) {
  try {
    localStorage.setItem(SEEN, number);
  } catch {
    // the next visit shows it once more
  }
}

export function forget() {
  localStorage.removeItem(SEEN);
  sessionStorage.removeItem(STORE);
}

// A reload while sending: nobody knows whether it arrived, so it may be sent again under its id. A file is gone.
function interrupted(entry, texts) {
  const open = entry.state === "sending" || (entry.state === "failed" && entry.resendable);
  if (!open) return entry;
  const note = entry.body ? texts.failed : texts.file_lost;
  return { ...entry, state: "failed", resendable: Boolean(entry.body), note };
}
