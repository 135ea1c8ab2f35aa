// Where the person reads, and how he learns that something new stands further down.

const NEAR_END = 150; // pixels
const newest = byId("newest");
const pageTitle = document.title;
let unread = 0;

function beyond() {
  return document.documentElement.scrollHeight - innerHeight - scrollY; // pixels below the screen
}

function look(shown) {
  if (!shown) return;
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  shown.scrollIntoView({ block: "start", behavior: calm ? "auto" : "smooth" });
}

// Moves the page just so far that it is not behind the foot.
function reveal(shown) {
  const hidden = shown.getBoundingClientRect().bottom - document.querySelector("footer").getBoundingClientRect().top;
  if (hidden > 0) scrollBy(0, hidden);
}

// Something came that was not asked for: shown if the person is at the end, else announced below.
function came(shown, wasAtEnd) {
  if (wasAtEnd && !unseen()) return look(shown);
  unread += 1;
  showNewest();
}

function showNewest() {
  const far = beyond() > innerHeight;
  newest.hidden = !far && !unread;
  newest.textContent = unread ? `${texts.newest} ↓` : "↓";
  newest.setAttribute("aria-label", unread ? texts.newest : texts.to_end);
  document.title = unread ? `(${unread}) ${pageTitle}` : pageTitle;
  tellHolder({ unread });
}

function scrolled() {
  if (beyond() < NEAR_END && !unseen()) unread = 0;
  showNewest();
}

// To the new message, or else to the very end, where its buttons are.
function toNewest() {
  if (unread) look(Array.from(document.querySelectorAll(".message")).pop());
  else scrollTo(0, document.documentElement.scrollHeight);
  unread = 0;
  showNewest();
}

// A keyboard may lie over the page without making it smaller, as on iPhones: the foot stands above it. Not where
// one has zoomed in: there it would lie over the text.
function aboveKeyboard() {
  const covered = innerHeight - visualViewport.height - visualViewport.offsetTop;
  const isKeyboard = covered > 1 && visualViewport.scale === 1;
  document.querySelector("footer").style.bottom = isKeyboard ? `${covered}px` : "";
}

newest.addEventListener("click", toNewest);
addEventListener("scroll", scrolled, { passive: true });
addEventListener("resize", scrolled);
document.addEventListener("visibilitychange", scrolled);
if (window.visualViewport) ["resize", "scroll"].forEach((kind) => visualViewport.addEventListener(kind, aboveKeyboard));
