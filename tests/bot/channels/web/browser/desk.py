"""A small conversation behind the page, and what the tests do on it."""

import asyncio

from handlers.turn.actions import stored
from handlers.turn.messages import Choice, Enclosure, Reply
from tests.bot.channels.web.web_house import Talk

PHONE = {"viewport": {"width": 360, "height": 740}, "has_touch": True, "is_mobile": True}
SMALL = {"viewport": {"width": 320, "height": 568}, "has_touch": True, "is_mobile": True}

NO_STORAGE = (
    "for (const name of ['localStorage', 'sessionStorage'])"
    " Object.defineProperty(window, name, {get() { throw new Error('off'); }})"
)


def choice(label, value):
    """A button that sends this, whether or not it means anything."""
    return Choice(label, stored(value))


MENU = (choice("Khai sinh", "birth"), choice("Kết hôn", "marry"), choice("Về đầu", "menu"))
GREETING = Reply(
    "Chào bạn, ví dụ:\n• làm khai sinh\n• sao y bằng\nTài khoản 0252382123.",
    choices=MENU,
    examples=("làm khai sinh", "sao y bằng"),
)
PAPER = Reply(
    "Đọc mã HS-7K3F-92QX cho cán bộ ở quầy.",
    "Tờ khai · câu 2/3",
    MENU,
    enclosures=(Enclosure("qr", "ma.png", "HS-7K3F-92QX"), Enclosure("text", "to-khai.txt", "Lê Văn Thử")),
)
ERASE = Reply("Bạn chắc chứ?", choices=(choice("Xóa hết", "erase:yes"), choice("Không xóa", "menu")))
ERASED = Reply("Đã xóa hết.", choices=(choice("Về đầu", "menu"),), clears=True)
CARD = Reply("Bạn chụp mã QR trên thẻ.", "Tờ khai", (choice("Tự gõ", "fa:card:manual"),), asks_photo=True)


class Desk(Talk):
    """Says a thing once a message id, as `converse` does; `welcome` says what is open and changes nothing."""

    def __init__(self, inbox):
        super().__init__()
        self.inbox = inbox
        self.open_now = (GREETING,)
        self.ticked = set()
        self.said = {}
        self.failures = 0  # answers that get lost on the way
        self.open = asyncio.Event()
        self.open.set()

    async def welcome(self, address, incoming):
        return self.open_now

    async def __call__(self, address, message_id, incoming):
        await super().__call__(address, message_id, incoming)
        await self.open.wait()
        if message_id not in self.said:
            self.said[message_id] = self.reply(incoming)
            self.inbox.sent[address, message_id] = (self.said[message_id],)
        if self.failures:
            self.failures -= 1
            raise ConnectionError
        return (self.said[message_id],)

    @property
    def texts(self):
        return [incoming.text for _, _, incoming in self.heard]

    def reply(self, incoming):
        if incoming.start or incoming.attachment:
            return Reply(" ".join((incoming.start, incoming.attachment, *incoming.scanned)))
        if incoming.choice.startswith("tick:"):
            self.ticked ^= {incoming.choice.removeprefix("tick:")}
            return self.ticks()
        chosen = {"birth": Reply("Trẻ sinh ở đâu?", "Khai sinh", (choice("Trong nước", "here"),))}
        chosen |= {"here": self.ticks(), "done": Reply("Đã đủ.", replaces=True), "erase:yes": ERASED}
        chosen |= {"language:en": Reply("Hello.")}
        typed = {"tờ khai": PAPER, "/xoa": ERASE, "chụp thẻ": CARD}
        typed |= {"dài": Reply("\n".join(f"Dòng {n}" for n in range(60)), choices=MENU)}
        said = Reply(f"Bạn viết: {incoming.text}", choices=MENU)
        return chosen.get(incoming.choice) or typed.get(incoming.text) or said

    def ticks(self):
        papers = {"form": "Tờ khai", "proof": "Giấy chứng sinh"}
        choices = [
            choice(f"{'☑' if key in self.ticked else '☐'} {name}", f"tick:{key}")
            for key, name in papers.items()
        ]
        text = f"Bấm vào giấy đã có.\nCòn thiếu {2 - len(self.ticked)}."
        return Reply(text, "Khai sinh", (*choices, choice("Xong", "done")), replaces=True)


class BlockDesk:
    """Answers in the browser itself with replies of blocks: a list whose papers can be ticked."""

    NAMES = ("Tờ khai", "Giấy chứng sinh", "Thẻ căn cước")

    def __init__(self):
        self.sent = []
        self.ticked = set()
        self.turns = asyncio.Semaphore(1000)  # how many answers may still be given

    async def __call__(self, route):
        body = route.request.post_data_json
        self.sent.append(body)
        await self.turns.acquire()
        value = body.get("choice", "")
        if value.startswith("t:"):
            self.ticked ^= {int(value.removeprefix("t:"))}
        await route.fulfill(json={"replies": [self.list_of_papers(value.startswith("t:"))]})

    def list_of_papers(self, replaces):
        missing = len(self.NAMES) - len(self.ticked)
        papers = [
            {"text": name, "value": f"t:{n}", "ticked": n in self.ticked, "note": "1 bản chính"}
            for n, name in enumerate(self.NAMES)
        ]
        law = {"kind": "text", "text": "Luật Hộ tịch <b>2014</b>"}
        spans = [
            {"text": "Mã ", "as": ""},
            {"text": "HS-7K3F-92QX", "as": "code"},
            {"text": ", tài khoản 0123456789, gọi ", "as": ""},
            {"text": "0252 382 1234", "as": "phone"},
            {"text": " hoặc xem ", "as": ""},
            {"text": "cổng", "as": "link", "href": "https://dichvucong.gov.vn"},
            {"text": " hay ", "as": ""},
            {"text": "mã xấu", "as": "link", "href": "javascript:alert(1)"},
            {"text": " ngay", "as": "strong"},
        ]
        blocks = [
            {"kind": "heading", "text": "PHẢI NỘP"},
            {"kind": "items", "items": papers},
            {"kind": "items", "items": [{"text": "Họ tên mẹ: An", "value": "fq:mother.name"}]},
            {"kind": "text", "text": f"Còn thiếu {missing}."},
            {"kind": "facts", "facts": [{"label": "Thời hạn", "text": "trong ngày"}]},
            {"kind": "text", "text": "", "spans": spans},
            {"kind": "steps", "steps": [
                {"text": "Tiếp nhận", "done": True, "current": False},
                {"text": "Đang xử lý", "done": False, "current": True},
                {"text": "Trả kết quả", "done": False, "current": False},
            ]},
            {"kind": "fold", "fold": {"title": "Căn cứ", "blocks": [law]}},
            {"kind": "of tomorrow", "text": "Chữ của khối lạ"},
            {"kind": "text", "text": "Words of another language", "lang": "en"},
        ]  # fmt: skip
        text = "PHẢI NỘP\n☐ Tờ khai\n☐ Giấy chứng sinh"
        choices = [{"label": "☐ Tờ khai", "value": "t:0"}, {"label": "Điền tờ khai", "value": "form:x"}]
        return {
            "title": "Khai sinh", "text": text, "blocks": blocks, "choices": choices, "files": [],
            "replaces": replaces,
        }  # fmt: skip


def bubbles(page):
    return page.locator(".message.bot")


def chip(page, name):
    return page.get_by_role("button", name=name, exact=True)


async def say(page, text):
    await page.locator("#input").fill(text)
    await page.keyboard.press("Enter")


async def focused(page):
    return await page.evaluate("document.activeElement.id || document.activeElement.textContent")


async def in_view(page, locator):
    """Whether all of it is on the screen, and nothing lies over it."""
    box = await locator.bounding_box()
    at = [box["x"] + box["width"] / 2, box["y"] + box["height"] - 2]
    found = "at => { const it = document.elementFromPoint(at[0], at[1]); return it ? it.outerHTML : '' }"
    top = await page.evaluate(found, at)
    return box["y"] >= 0 and top != "" and top in await locator.evaluate("it => it.outerHTML")
