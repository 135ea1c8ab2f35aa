// Taking a code or a list along: copied, or handed to another app.

const COPIED_MS = 2000;

function copy(text) {
  const modern = navigator.clipboard && window.isSecureContext;
  return modern ? navigator.clipboard.writeText(text).catch(() => copyByHand(text)) : copyByHand(text);
}

// The way of plain http, and of phones that know no other.
function copyByHand(text) {
  const field = element("textarea", { class: "spoken", readonly: "", "aria-hidden": "true", tabindex: "-1" });
  const before = document.activeElement;
  field.value = text;
  document.body.append(field);
  field.select();
  field.setSelectionRange(0, text.length); // iOS selects nothing by select()
  document.execCommand("copy");
  field.remove();
  if (before) before.focus({ preventScroll: true });
}

// A tap on a button that copies: it says so for a moment.
function copyPressed(pressed) {
  const said = pressed.dataset.said || "";
  Promise.resolve(copy(pressed.dataset.copy)).then(() => {
    pressed.classList.add("copied");
    if (said) pressed.textContent = texts.copied;
    announce(texts.copied);
    setTimeout(() => {
      pressed.classList.remove("copied");
      if (said) pressed.textContent = said;
      announce("");
    }, COPIED_MS);
  });
}

function sharePressed(pressed) {
  navigator.share({ text: pressed.dataset.share }).catch(() => {}); // the person closed it
}

// What can be done with a list: the words of the message leave, its buttons stay.
function listTools(entry) {
  const text = [entry.title, entry.text].filter(Boolean).join("\n");
  return element(
    "div",
    { class: "tools" },
    button(texts.copy_list, "tool", { "data-copy": text, "data-said": texts.copy_list }),
    navigator.share && button(texts.share, "tool", { "data-share": text }),
  );
}
