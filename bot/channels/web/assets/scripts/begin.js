// The page begins: it listens to taps, shows what this or another tab showed, and asks what is open. It sends
// nothing of its own: opening a page once more must lose nothing.

const TAPS = [
  ["[data-choice]", tap],
  ["[data-say]", (pressed) => say(pressed.dataset.say)],
  ["[data-resend]", (pressed) => resend(pressed.dataset.resend)],
  ["[data-copy]", copyPressed],
  ["[data-share]", sharePressed],
  ["[data-camera]", () => camera.click()],
  ["[data-along]", takeAlong],
  ["[data-push]", (pressed) => (pressed.dataset.push === "start" ? startPush(pressed) : stopPush())],
];

function tapped(event) {
  const found = TAPS.find(([selector]) => event.target.closest(selector));
  if (found) found[1](event.target.closest(found[0]));
}

function chosenFile(event) {
  const chosen = event.target.files[0];
  event.target.value = "";
  if (chosen) attach(chosen);
}

function chooseLanguage(event) {
  const link = event.currentTarget;
  event.preventDefault();
  send(mine("", { choice: settings.language_choice + link.lang }));
}

// What is open for this person, in the place of the greeting.
async function showOpen() {
  const replies = await whatIsOpen().catch(() => []);
  if (!isOnlyGreeted()) return; // something was said meanwhile
  replies.forEach((reply, n) => show(theirs(reply, "open", `open-${n}`)));
}

// The talk went on in another tab of a browser that cannot tell what was said there.
async function showMoved() {
  const replies = await whatIsOpen().catch(() => []);
  if (replies.length) came(replies.map((reply) => show(theirs(reply, newKey())))[0], beyond() < NEAR_END);
}

async function showTalk(payload) {
  const kept = restore();
  showAll(kept.length || payload ? kept : [theirs(settings.greeting, "open", "open-0")]);
  if (kept.length > 1) log.lastElementChild.scrollIntoView();
  outbox = kept.filter(goesOutAgain);
  pump();
  await hello();
  if (payload) return send(mine("", { start: payload }));
  if (isOnlyGreeted()) await showOpen();
}

function startPayload() {
  const address = new URL(location.href);
  const payload = address.searchParams.get("start");
  address.searchParams.delete("start"); // a reload must not start again
  history.replaceState(null, "", address);
  return payload;
}

function printing() {
  const today = new Date();
  const pad = (number) => String(number).padStart(2, "0");
  const date = `${pad(today.getDate())}/${pad(today.getMonth() + 1)}/${today.getFullYear()}`;
  byId("printed-on").textContent = filled(texts.printed_on, { date });
  byId("office").open = true;
}

// Where one goes on when a frame is opened. A touch keyboard would hide the talk.
function takeFocus() {
  (matchMedia("(pointer: coarse)").matches ? log.lastElementChild : input).focus({ preventScroll: true });
}

function ready() {
  byId("broken").remove();
  composer.querySelectorAll("[disabled]").forEach((part) => (part.disabled = false));
}

input.addEventListener("input", grow);
input.addEventListener("keydown", typed);
composer.addEventListener("submit", submitted);
byId("attach").addEventListener("click", () => chooser.click());
chooser.addEventListener("change", chosenFile);
camera.addEventListener("change", chosenFile);
log.addEventListener("click", tapped);
log.addEventListener("change", (event) => event.target.dataset.tick && tick(event.target));
document.querySelectorAll("a.language").forEach((link) => link.addEventListener("click", chooseLanguage));
byId("leave").addEventListener("click", leave);
addEventListener("offline", () => connected(false));
addEventListener("online", lineBack);
addEventListener("beforeprint", printing);
addEventListener("afterprint", () => (byId("office").open = false));
const began = Date.now();
addEventListener("pageshow", (event) => event.persisted && goneAt() > began && goneElsewhere());
joinTabs({ taken, shown: () => entries.filter(shared), gone: goneElsewhere, moved: showMoved });
showTalk(startPayload());
if (!navigator.onLine) connected(false);
ready();
listen({ opened: lineBack, received: notice });
beginWorker();
joinKiosk();
joinHolder({ shown: scrolled, focus: takeFocus });
