// Changes what is shown into what should be shown, keeping what is the same: focus, folds, scroll, check boxes.

const KEYS = ["data-tick", "data-choice", "data-copy", "data-say"]; // elements of other keys are other elements

function morph(shown, wanted) {
  if (!alike(shown, wanted)) return shown.replaceWith(wanted);
  if (shown.nodeType === Node.TEXT_NODE) {
    if (shown.data !== wanted.data) shown.data = wanted.data;
    return;
  }
  const isBusy = shown.getAttribute("aria-busy") === "true";
  if (!isBusy && "checked" in wanted) shown.checked = wanted.checked;
  takeAttributes(shown, wanted);
  takeChildren(shown, wanted);
}

function alike(one, other) {
  if (one.nodeType !== other.nodeType || one.nodeName !== other.nodeName) return false;
  return one.nodeType === Node.TEXT_NODE || KEYS.every((key) => one.getAttribute(key) === other.getAttribute(key));
}

// A fold stays as the person left it, and a button that is still sending stays busy.
function takeAttributes(shown, wanted) {
  const own = ["open", "aria-busy"];
  const names = (from) => Array.from(from.attributes, (attribute) => attribute.name);
  const gone = names(shown).filter((name) => !wanted.hasAttribute(name) && own.indexOf(name) < 0);
  gone.forEach((name) => shown.removeAttribute(name));
  const changed = names(wanted).filter((name) => shown.getAttribute(name) !== wanted.getAttribute(name));
  changed.forEach((name) => shown.setAttribute(name, wanted.getAttribute(name)));
}

function takeChildren(shown, wanted) {
  const before = Array.from(shown.childNodes);
  const after = Array.from(wanted.childNodes);
  before.slice(after.length).forEach((child) => child.remove());
  after.forEach((child, n) => (before[n] ? morph(before[n], child) : shown.append(child)));
}

// The same, and whoever had the focus in it keeps it, if the same thing is still there.
function morphHolding(shown, wanted) {
  const held = shown.contains(document.activeElement) ? document.activeElement : null;
  morph(shown, wanted);
  if (!held || document.contains(held)) return;
  const key = KEYS.find((name) => held.hasAttribute(name));
  const again = key && Array.from(byId(wanted.id).querySelectorAll(`[${key}]`));
  const same = again && again.find((one) => one.getAttribute(key) === held.getAttribute(key));
  if (same) same.focus({ preventScroll: true });
}
