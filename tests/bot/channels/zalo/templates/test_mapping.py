"""The office's file of templates."""

from unicodedata import normalize

import pytest

from bot.channels.zalo.templates.mapping import load
from handlers.turn.messages import News
from knowledge.datafile import BadDataFile

FILE = """
mode = "production"

[[templates]]
id = "1"
kinds = ["missing"]
[templates.parameters]
ma = { fact = "code", type = "code" }
han = { fact = "missing_until", type = "time" }

[[templates]]
id = "2"
kinds = ["missing", "done"]
ways = ["phone"]
[templates.parameters]
tin = { fact = "news", type = "label", longest = 12 }
"""


@pytest.fixture
def book(tmp_path):
    def read(text=FILE):
        file = tmp_path / "templates.toml"
        file.write_text(text, encoding="utf-8")
        return load(file)

    return read


def news(kind="missing", **facts):
    return News(kind, "H1", {"code": "H36.99-261123-0001", "news": "có kết quả", **facts})


def test_without_a_file_there_are_none_and_nothing_goes_to_everybody():
    assert (load(None).templates, load(None).mode) == ((), "development")


def test_the_first_that_can_tell_it_is_taken(book):
    values = {"ma": "H36.99-261123-0001", "han": "01/12/2026"}
    assert book().fitting(news(missing_until="01/12/2026"), "uid") == ("1", values)


def test_one_whose_fact_is_not_known_is_left_out(book):
    assert book().fitting(news(), "phone") == ("2", {"tin": "có kết quả"})
    assert book().fitting(news(), "uid") is None


def test_a_kind_without_a_template(book):
    assert book().fitting(news("fee"), "phone") is None


def test_a_text_is_cut_on_one_line_and_a_code_is_never(book):
    told = book().fitting(news(news="giấy tờ\n còn thiếu nhiều"), "phone")
    assert told == ("2", {"tin": "giấy tờ còn…"})
    assert book().fitting(news(missing_until="0" * 21), "uid") is None


def test_letters_are_composed_before_they_are_counted(book):
    assert book().fitting(news(news=normalize("NFD", "có kết quả")), "phone") == ("2", {"tin": "có kết quả"})


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ('fact = "code"', 'fact = "cod"'),
        ('kinds = ["missing"]', 'kinds = ["misssing"]'),
        ('kinds = ["missing"]', 'kinds = ["digest"]'),
        ('ways = ["phone"]', 'ways = ["sms"]'),
        ('type = "time"', 'type = "clock"'),
    ],
)
def test_what_nobody_knows_is_named(book, written, told):
    with pytest.raises(BadDataFile) as refused:
        book(FILE.replace(written, told))
    assert told.split('"')[1] in str(refused.value)
