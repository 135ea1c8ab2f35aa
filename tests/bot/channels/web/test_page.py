"""The page as it is served: one script and style that browsers of 2018 read, a first screen of HTML."""

import re
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import esprima
import pytest

import bot.channels.web
from bot.channels.web import bundle, page
from handlers.language.i18n import languages
from handlers.turn.context import context
from handlers.turn.messages import State
from knowledge.office.office import Phone
from tests.bot.channels.web.web_house import app, house

FOLDER = Path(bot.channels.web.__file__).parent
SCRIPTS = sorted(FOLDER.glob("**/*.js"))
STYLES = sorted(FOLDER.glob("**/*.css"))

# What came after 2018, or is not in the Safari of that year: it would end the script where it is called.
NEWER = (
    "replaceAll", "matchAll", "structuredClone", "requestSubmit", "flat", "flatMap", "fromEntries", "at",
    "allSettled", "any", "import", "trimStart", "trimEnd", "queueMicrotask", "BigInt", "toggleAttribute",
    "replaceChildren", "hasOwn", "findLast", "randomUUID", "ResizeObserver", "WeakRef", "showModal",
    "checkVisibility", "OffscreenCanvas", "AbortSignal", "fetch",
)  # fmt: skip
# Browsers that have workers at all have these there: `clients.matchAll`, and no other way to ask a server.
OF_WORKERS = {"worker.js": {"fetch", "matchAll"}}
# Read by no browser of 2018; it drops the line, so a layout must not hang on it.
NEWER_STYLE = re.compile(
    r"(?<![-\w])gap:|inset:|margin-(inline|block)|padding-(inline|block)|aspect-ratio|clamp\(|\bmin\(|\bmax\("
    r"|:is\(|:where\(|:has\(|@layer|@container|color-mix|&\s|place-items|dvh(?!;\n  display: flex)"
)


class Top(HTMLParser):
    """The text of a page by the elements around it, and the addresses that it loads."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.stack, self.loaded, self.texts, self.inputs = [], [], [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        named = dict(attrs)
        address = named.get("src") or named.get("href") or ""
        if tag in ("script", "link") and address:
            self.loaded.append(address)
        if tag in ("button", "textarea"):
            self.inputs.append((named.get("id", named.get("type")), "disabled" in named or "hidden" in named))
        if tag not in ("meta", "link", "input", "br", "path", "circle", "rect"):
            self.stack.append(tag)

    def handle_endtag(self, tag):
        if tag in self.stack:
            self.stack.remove(tag)

    def handle_data(self, data):
        self.texts.append((tuple(self.stack), data))

    def inside(self, tag: str) -> str:
        return " ".join(text for around, text in self.texts if tag in around)


@pytest.fixture
async def client(aiohttp_client):
    return await aiohttp_client(app())


@pytest.fixture
async def served(client):
    return Top(await (await client.get("/")).text())


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_browser_of_2018_reads_the_script(path):
    text = path.read_text("utf-8")
    esprima.parseScript(text)  # of ES2018; raises for anything newer
    tokens = esprima.tokenize(text)
    assert [token.value for token in tokens if "(?<" in token.value and token.type != "String"] == []


@pytest.mark.parametrize(
    "newer", ["a?.b", "a ?? b", "try {} catch {}", "a ||= b", "class A { #b = 1 }", "1_000", "import 'a'"]
)
def test_the_parser_refuses_what_is_newer(newer):
    with pytest.raises(esprima.Error):
        esprima.parseScript(newer)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_the_script_calls_nothing_that_came_after_2018(path):
    text = path.read_text("utf-8")
    tokens = esprima.tokenize(text)
    called = {name.value for name, after in pairwise(tokens) if after.value == "("}
    assert called & set(NEWER) == OF_WORKERS.get(path.name, set())


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_the_layout_hangs_on_nothing_that_came_after_2018(path):
    assert [found[0] for found in NEWER_STYLE.finditer(path.read_text("utf-8"))] == []


def test_every_script_and_style_is_part_of_what_is_served():
    parts = (*bundle.SCRIPTS, *bundle.ALONE)
    assert sorted(path.name for path in SCRIPTS) == sorted(Path(name).name for name in parts)
    assert sorted(path.name for path in STYLES) == sorted(Path(name).name for name in bundle.STYLES)


def test_no_two_parts_of_the_script_use_one_name():
    parts = [bundle.HERE / name for name in bundle.SCRIPTS]
    names = [name for path in parts for name in declared(path.read_text("utf-8"))]
    assert sorted({name for name in names if names.count(name) > 1}) == []


def declared(text: str) -> list[str]:
    """The names of the top of a script."""
    made = []
    for statement in esprima.parseScript(text).body:
        for one in getattr(statement, "declarations", None) or [statement]:
            target = getattr(one, "id", None)
            parts = getattr(target, "elements", None) or [target]
            made += [part.name for part in parts if part]
    return made


async def test_the_page_loads_one_script_and_one_style_of_ours(client, served):
    kinds = {path.partition("?")[0]: (await client.get(path)).content_type for path in served.loaded}
    assert kinds == {
        "/static/icon.svg": "image/svg+xml",
        "/static/icon.png": "image/png",
        "/manifest.webmanifest": "application/manifest+json",
        "/static/chat.css": "text/css",
        "/static/chat.js": "text/javascript",
    }


async def test_all_of_it_weighs_less_than_a_hundred_kilobytes(client, served):
    bodies = [await (await client.get(path)).read() for path in ("/", "/worker.js", *served.loaded)]
    assert sum(map(len, bodies)) < 100_000


async def test_the_script_is_sent_packed(client, served):
    [script] = [path for path in served.loaded if "chat.js" in path]
    response = await client.get(script, headers={"Accept-Encoding": "gzip"})
    assert response.headers["Content-Encoding"] == "gzip"
    assert response.headers["Vary"] == "Accept-Encoding"


async def test_an_asset_is_kept_as_long_as_its_address(client, served):
    [script] = [path for path in served.loaded if "chat.js" in path]
    assert "immutable" in (await client.get(script)).headers["Cache-Control"]
    for other in ("/static/chat.js", "/static/chat.js?v=old"):
        assert (await client.get(other)).headers["Cache-Control"] == "no-cache"


async def test_an_asset_that_the_browser_has_is_not_sent_again(client):
    first = await client.get("/static/chat.js")
    again = await client.get("/static/chat.js", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status == 304


def test_no_sentence_stands_in_the_page_or_its_scripts():
    letters = re.compile("[À-ỹ]")
    files = [path for path in FOLDER.glob("**/*") if path.suffix in (".py", ".js", ".css", ".html", ".svg")]
    assert [path.name for path in files if letters.search(path.read_text("utf-8"))] == []


async def test_the_greeting_stands_in_the_page_before_any_script(served):
    said = served.inside("main")
    assert "Chào bạn" in said
    assert "làm khai sinh cho con cần gì" in said
    assert "Trang chưa tải được, bấm để tải lại" in served.inside("footer")


async def test_nothing_can_be_pressed_before_the_script_works(served):
    assert [name for name, is_out_of_use in served.inputs if not is_out_of_use] == []


@pytest.mark.parametrize("tag", ["details", "noscript"])
async def test_the_way_to_the_office_stands_in_the_page(served, tag):
    told = served.inside(tag)
    assert "Trung tâm Phục vụ hành chính công phường Tiến Thành" in told
    assert "thứ Hai – thứ Sáu: 07:30–11:30, 13:30–17:00" in told
    assert "chưa xác nhận" in told
    assert "18001096" in told


def test_a_phone_of_the_desk_can_be_called(message):
    world = house().world
    desk = replace_place(
        world.office, phones=(Phone(label="Một cửa", number="0252 3.821"),), address="1 Đường A & B"
    )
    world.office = desk
    text = page.html(context(message(), State(), world))
    assert '<a href="tel:02523821">0252 3.821</a>' in text
    assert "1 Đường A &amp; B" in text


@pytest.mark.parametrize("language", languages())
def test_every_place_of_the_page_is_filled(language, message):
    text = page.html(context(message(language=language), State(), house().world))
    assert re.findall(r"\$\w+|\{(?:office|unit)\}", text) == []


def replace_place(office, **changes):
    places = {**office.places, "one_stop": office.places["one_stop"].model_copy(update=changes)}
    return office.model_copy(update={"places": places})
