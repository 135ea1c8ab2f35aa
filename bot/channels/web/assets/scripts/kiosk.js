// On the screen in a hall: the talk ends by itself when nobody touches the screen, and can be taken along.

const REST_MS = 45000; // without a touch; then one is asked
const WARNING_S = 15;
const LOOK_MS = 2000; // whether the phone has taken it
const AGAIN_MS = 5000;
const over = byId("over"); // what lies over the page
let resting = 0;
let counting = 0;
let looking = 0;

function joinKiosk() {
  if (!inKiosk) return;
  byId("along").addEventListener("click", takeAlong);
  ["pointerdown", "touchstart", "keydown", "input", "wheel"].forEach((kind) => addEventListener(kind, touched, { passive: true }));
  addEventListener("contextmenu", (event) => event.preventDefault()); // it leads out of the page
  addEventListener("keydown", (event) => event.key === "Escape" && uncover());
  touched();
}

function touched() {
  clearTimeout(resting);
  resting = setTimeout(untouched, REST_MS);
}

function isFresh() {
  return isOnlyGreeted() && !input.value && !location.search && scrollY === 0;
}

function untouched() {
  if (looking || isFresh()) return touched();
  warn();
}

// A countdown that a touch of its button stops.
function warn() {
  let left = WARNING_S;
  const told = element("p", { role: "timer" });
  const tell = () => (told.textContent = filled(texts.rest, { seconds: String(left) }));
  tell();
  cover(texts.rest_name, told, button(texts.rest_stop, "chip", { id: "stay" }), button(texts.rest_now, "chip", { id: "end" }));
  byId("stay").addEventListener("click", uncover);
  byId("end").addEventListener("click", startOver);
  counting = setInterval(() => {
    left -= 1;
    if (left > 0) return tell();
    startOver();
  }, 1000);
}

function cover(name, ...parts) {
  uncover();
  over.append(element("div", { role: "dialog", "aria-modal": "true", "aria-label": name }, ...parts));
  over.hidden = false;
  over.querySelector("button").focus();
}

function uncover() {
  clearInterval(counting);
  clearInterval(looking);
  looking = 0;
  over.hidden = true;
  over.textContent = "";
  touched();
}

// The server ends the talk first: else the next person would go on with it. Without a line nobody writes.
function startOver() {
  uncover();
  leaveServer().then(gone, () => {
    forgetAll();
    connected(false);
    ["attach", "input"].forEach((id) => (byId(id).disabled = true));
    setTimeout(startOver, AGAIN_MS);
  });
}

function takeAlong() {
  asked("POST", "/chat/along", null, TIMEOUT_MS.json, null, (answer) => answer).then(showCode, () => {
    byId("state").textContent = texts.along_failed;
  });
}

function showCode(code) {
  const how = filled(texts.along_how, { minutes: String(Math.round(code.seconds / 60)) });
  cover(texts.along, squares(code), element("p", {}, how), button(texts.along_close, "chip", { id: "closes" }));
  byId("closes").addEventListener("click", uncover);
  const until = Date.now() + code.seconds * 1000;
  looking = setInterval(() => (Date.now() > until ? uncover() : lookIfTaken()), LOOK_MS);
}

function lookIfTaken() {
  asked("GET", "/chat/along", null, TIMEOUT_MS.json, null, (answer) => answer.taken).then((taken) => taken && gone(), () => {});
}

function squares(code) {
  const picture = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  picture.setAttribute("viewBox", `0 0 ${code.size} ${code.size}`);
  picture.setAttribute("class", "squares");
  picture.setAttribute("role", "img");
  picture.setAttribute("aria-label", "QR");
  path.setAttribute("d", code.dark);
  picture.append(path);
  return picture;
}

// What leads out of the page, or leaves a file on the machine, is only told here.
function onPhone(name) {
  return element("div", { class: "file" }, filled(texts.file_along, { name }));
}
