"""What the Bot API refuses in a message: its HTML, its length, its buttons."""

import re
from html import unescape
from io import BytesIO

from PIL import Image, UnidentifiedImageError

SUPPORTED = {
    "b": "bold", "strong": "bold", "i": "italic", "em": "italic", "u": "underline", "ins": "underline",
    "s": "strikethrough", "strike": "strikethrough", "del": "strikethrough", "code": "code", "pre": "pre",
    "blockquote": "blockquote", "a": "text_link", "tg-spoiler": "spoiler", "span": "spoiler",
    "tg-emoji": "custom_emoji",
}  # fmt: skip
TAG = re.compile(r"<(/?)([a-zA-Z-]*)([^<>]*)>")
ENTITY = re.compile(r"&(?:lt|gt|amp|quot|#\d+|#x[0-9a-fA-F]+);")
TEXT_LIMIT, CAPTION_LIMIT, ANSWER_LIMIT = 4096, 1024, 200  # UTF-16 units; of an answer to a tap, characters
PHOTO_LIMIT, FILE_LIMIT = 10_000_000, 50_000_000  # bytes
PHOTO_SIDES, PHOTO_RATIO = 10_000, 20  # pixels of width and height together; of the one by the other
DATA_LIMIT, BUTTON_LIMIT, ROW_LIMIT = 64, 100, 8  # bytes, buttons of a message, buttons of a row
ACTIONS = {"url", "callback_data", "web_app", "login_url", "switch_inline_query", "copy_text", "pay"}


class Refusal(Exception):
    """What the server answers instead of a result."""

    def __init__(self, status, description, **parameters):
        super().__init__(description)
        self.status, self.description, self.parameters = status, description, parameters

    def body(self):
        body = {"ok": False, "error_code": self.status, "description": self.description}
        return {**body, "parameters": self.parameters} if self.parameters else body


def bad(description):
    return Refusal(400, f"Bad Request: {description}")


def flood(seconds):
    """One call too many."""
    return Refusal(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def units(text):
    """The length as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def formatted(text, parse_mode):
    """Text and entities; raises Refusal."""
    if not isinstance(text, str):
        raise bad("message text is empty")
    if parse_mode not in (None, "", "HTML"):
        raise bad("unsupported parse_mode")
    plain, entities = parse_html(text) if parse_mode else (text, [])
    stripped = plain.rstrip()
    if not stripped.strip():
        raise bad("message text is empty")
    if units(stripped) > TEXT_LIMIT:
        raise bad("message is too long")
    return stripped, entities


def captioned(caption, parse_mode):
    """What stands below a file, which may be nothing; raises Refusal."""
    if not caption:
        return {}
    text, entities = formatted(caption, parse_mode)
    if units(text) > CAPTION_LIMIT:
        raise bad("message caption is too long")
    return {"caption": text, "caption_entities": entities}


def checked_photo(content):
    """Width and height; raises Refusal."""
    if len(content) > PHOTO_LIMIT:
        raise Refusal(413, "Request Entity Too Large")
    try:
        width, height = Image.open(BytesIO(content)).size
    except UnidentifiedImageError:
        raise bad("IMAGE_PROCESS_FAILED") from None
    if width + height > PHOTO_SIDES or max(width, height) > PHOTO_RATIO * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return width, height


def checked_document(content):
    """The size; raises Refusal."""
    if not content:
        raise bad("file must be non-empty")
    if len(content) > FILE_LIMIT:
        raise Refusal(413, "Request Entity Too Large")
    return len(content)


def parse_html(text):
    """Raises Refusal for a tag that is unknown, wrongly nested or left open."""
    plain, entities, open_tags, at = "", [], [], 0
    while at < len(text):
        found = TAG.match(text, at) if text[at] == "<" else ENTITY.match(text, at)
        if found is None:
            if text[at] == "<":
                raise _unparsable(f"Unclosed start tag at byte offset {_byte(text, at)}")
            plain += text[at]
            at += 1
            continue
        if text[at] == "<":
            _tag(found, _byte(text, at), open_tags, entities, units(plain))
        else:
            plain += unescape(found[0])
        at = found.end()
    if open_tags:
        raise _unparsable(f'Can\'t find end tag corresponding to start tag "{open_tags[-1][0]}"')
    return plain, entities


def _tag(found, byte, open_tags, entities, offset):
    closing, name = found[1], found[2].lower()
    if not closing:
        if name not in SUPPORTED or (name == "span" and 'class="tg-spoiler"' not in found[3]):
            raise _unparsable(f'Unsupported start tag "{name}" at byte offset {byte}')
        open_tags.append((name, offset))
        return
    if not open_tags:
        raise _unparsable(f"Unexpected end tag at byte offset {byte}")
    opened, start = open_tags.pop()
    if name not in (opened, ""):
        raise _unparsable(f'Unmatched end tag at byte offset {byte}, expected "</{opened}>"')
    if offset > start:
        entities.append({"type": SUPPORTED[opened], "offset": start, "length": offset - start})


def _byte(text, at):
    return len(text[:at].encode())


def _unparsable(why):
    return bad(f"can't parse entities: {why}")


def checked_keyboard(markup):
    """An inline keyboard as the server keeps it, None if there is none; raises Refusal."""
    if not markup:
        return None
    rows = markup.get("inline_keyboard") if isinstance(markup, dict) else None
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise bad("object expected as reply markup")
    if sum(map(len, rows)) > BUTTON_LIMIT or any(len(row) > ROW_LIMIT for row in rows):
        raise bad("reply markup is too long")
    for row in rows:
        for button in row:
            _check_button(button)
    rows = [row for row in rows if row]
    return {"inline_keyboard": rows} if rows else None


def checked_reply_keyboard(markup):
    """The labels of a keyboard below the input; raises Refusal."""
    buttons = sum(markup["keyboard"], [])
    if not buttons or any(len(row) > ROW_LIMIT for row in markup["keyboard"]):
        raise bad("reply markup is invalid")
    if not all(str(button.get("text") or "").strip() for button in buttons):
        raise bad("keyboard button text must be non-empty")
    return [button["text"] for button in buttons]


def _check_button(button):
    if not str(button.get("text") or "").strip():
        raise bad("inline keyboard button text must be non-empty")
    if len(ACTIONS & set(button)) != 1:
        raise bad("text buttons are unallowed in the inline keyboard")
    if "callback_data" in button and not 1 <= len(button["callback_data"].encode()) <= DATA_LIMIT:
        raise bad("BUTTON_DATA_INVALID")
