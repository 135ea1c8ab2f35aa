"""`motcua forms`, `form` and `drafts` as a clerk at a terminal meets them. The people are invented."""

import json
from pathlib import Path

import pytest
from pypdf import PdfReader

from bot.clock import vietnam_now
from bot.settings import settings
from bot.storage import database, migrate
from bot.storage.sealing import Vault
from bot.turns import effects
from bot.turns.effects import By
from handlers.ports.drafts import Draft
from handlers.turn.effects import SaveDraft
from knowledge.intake import forms
from knowledge.intake.interview import Interview
from tests.bot.commands.terminal import Ran, motcua

IDS = list(forms.load())


def example(form: str) -> dict[str, str]:
    return dict(forms.load()[form].example)


def filled(form: str, answers: Path, out: Path) -> Ran:
    return motcua("form", form, "--answers", str(answers), "--out", str(out))


@pytest.fixture
def refused(tmp_path):
    """What is told of an answers file."""

    def tell(form, answers):
        file = tmp_path / "answers.json"
        file.write_text(answers if isinstance(answers, str) else json.dumps(answers), encoding="utf-8")
        done = filled(form, file, tmp_path / "out")
        assert done.returncode == 2
        return done.stderr.rstrip().removeprefix(f"motcua: {file}: ")

    return tell


def test_the_nine_forms_are_listed() -> None:
    done = motcua("forms")
    listed = {line.split()[0]: line for line in done.stdout.splitlines()}
    assert set(listed) >= {
        "khai-sinh", "khai-sinh-lai", "ket-hon", "khai-tu", "tinh-trang-hon-nhan", "trich-luc", "ct01",
        "mai-tang", "tro-cap-huu-tri",
    }  # fmt: skip
    assert listed["tro-cap-huu-tri"].split()[1:3] == ["off", "M"]
    assert "Thông tư 04/2024/TT-BTP" in listed["khai-sinh"]


@pytest.mark.parametrize("form", IDS)
def test_the_example_of_each_form_fills_it(form, tmp_path):
    file = tmp_path / "answers.json"
    file.write_text(motcua("form", form, "--example").stdout, encoding="utf-8")
    done = filled(form, file, tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.split() == [str(tmp_path / f"{form}.pdf"), str(tmp_path / f"{form}.png")]
    assert (tmp_path / f"{form}.png").read_bytes().startswith(b"\x89PNG")


def test_from_the_terminal(tmp_path):
    (tmp_path / "a.json").write_text(motcua("form", "khai-sinh", "--example").stdout, encoding="utf-8")
    done = motcua("form", "khai-sinh", "--answers", "a.json", "--out", "to", folder=tmp_path)
    assert done.stdout.split() == ["to/khai-sinh.pdf", "to/khai-sinh.png"]
    assert "TRẦN NGUYỄN BẢO AN" in PdfReader(tmp_path / "to" / "khai-sinh.pdf").pages[0].extract_text()


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"copies": "99"}, "copies: '99': too_many"),
        ({"copies": True}, "copies: True: expected a text"),
        ({"copie": "2"}, "copie: '2': khai-sinh has no such question"),
        ({"child.1.name": "An"}, "child.1.name: 'An': khai-sinh has no such question"),
        ({"child.name": "4n"}, "child.name: '4n': digits_in_name"),
        ({"child.birth": "31/2/2026"}, "child.birth: '31/2/2026': no_such_day"),
        ({"relation": "aunt"}, "relation: 'aunt': not_a_choice; use one of "),
    ],
)
def test_a_wrong_answer_is_told_by_file_key_and_value(refused, change, told):
    assert refused("khai-sinh", example("khai-sinh") | change).startswith(told)


def test_a_missing_answer_is_told_by_its_key(refused):
    answers = {key: value for key, value in example("khai-sinh").items() if key != "child.name"}
    assert refused("khai-sinh", answers) == "child.name: (missing): empty"


def test_a_file_that_is_no_object_of_answers_is_told(refused):
    assert refused("khai-sinh", "[]").startswith("expected one object")
    assert refused("khai-sinh", "{,}").startswith("no JSON in UTF-8")


def test_a_number_is_taken_as_its_digits(tmp_path):
    file = tmp_path / "a.json"
    file.write_text("\ufeff" + json.dumps(example("khai-sinh") | {"copies": 2}), encoding="utf-8")  # Notepad
    assert filled("khai-sinh", file, tmp_path).returncode == 0


def test_what_is_odd_or_not_asked_is_told_and_printed_all_the_same(tmp_path):
    file = tmp_path / "a.json"
    odd = example("khai-sinh") | {"father.birth": "2020-01-01"}
    file.write_text(json.dumps(odd | {"requester.card": "manual", "other.name": "x"}), encoding="utf-8")
    assert filled("khai-sinh", file, tmp_path).returncode == 2
    file.write_text(json.dumps(odd), encoding="utf-8")
    done = filled("khai-sinh", file, tmp_path)
    assert (done.returncode, "parent_too_young" in done.stderr) == (0, True)


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("form", "khai", "--example"), "khai: no such form; use one of"),
        (("form", "khai-sinh", "--answers", "none.json"), "none.json"),
        (("drafts", "show", "HS-7777-7777"), "[no_such_draft]"),
    ],
)
def test_a_mistake_is_one_line_and_a_status(arguments, told, tmp_path):
    done = motcua(*arguments, folder=tmp_path)
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert told in done.stderr


@pytest.fixture
def drafted(tmp_path):
    """The environment of a house that holds one draft."""
    environ = {"DATABASE_URL": f"sqlite:///{tmp_path / 'm.db'}", "MOTCUA_SECRET_KEY": "k" * 40}
    chosen = settings.read(environ, tmp_path)
    engine = database.connect(chosen.database_url)
    migrate.upgrade(engine)
    draft = Draft("7K3F92QX", "khai-tu", Interview(example("khai-tu")))
    with database.writing(engine) as connection:
        vault = Vault(chosen.secret_key)
        effects.apply(By(connection, vault, "web:1", vietnam_now()), [SaveDraft(draft)])
    return environ


def test_the_clerk_opens_a_draft_by_its_code_and_prints_it(drafted, tmp_path):
    told = motcua("drafts", "show", "hs 7k3f 92qx", "--out", str(tmp_path), **drafted).stdout
    assert told.startswith("HS-7K3F-92QX: Tờ khai đăng ký khai tử\n")
    assert ": Nguyễn Văn Thành\n" in told
    assert "HS-7K3F-92QX" in PdfReader(Path(tmp_path, "khai-tu.pdf")).pages[0].extract_text()
