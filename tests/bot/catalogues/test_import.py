"""`motcua catalogue import`: what can be read is written, the rest is told."""

import gzip
from datetime import date
from pathlib import Path

import pytest

from bot.catalogues import dump, files
from knowledge.procedures.catalogue import Procedure
from knowledge.procedures.loading import load
from tests.bot.catalogues import dumps
from tests.bot.catalogues.dumps import line, paper
from tests.bot.commands.terminal import motcua

DAY = date(2026, 7, 18)


def catalogue_of(path: Path) -> dict[str, Procedure]:
    return dict(dump.read(path, DAY).catalogue.procedures)


def test_what_is_written_is_read_back_the_same(tmp_path: Path) -> None:
    nasty = [
        "'đơn'",
        '"giấy"',
        "a'b\"c",
        "C:\\đò\\n",
        "# không phải chú thích",
        "[[procedures]]",
        "a = 1",
        "ẵ ợ ₫",
    ]
    told = line(papers=[paper(name) for name in nasty], conditions="Biết bơi\n'giỏi'\nvà \"khỏe\"")
    read = dump.read(dumps.dump(tmp_path / "d.jsonl", told), DAY)
    files.write(read.catalogue, tmp_path / "out")
    assert load(tmp_path / "out") == read.catalogue


def test_check_accepts_what_import_wrote(tmp_path: Path) -> None:
    path = dumps.dump(tmp_path / "d.jsonl", line(), line("1.222222", "Gia hạn thẻ", field="Bến"))
    done = motcua("catalogue", "import", str(path), folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "data/imported: 2 fields, 2 procedures, 0 rows left out\n")
    checked = motcua("check", "--catalogue", "data/imported", folder=tmp_path)
    assert "2 fields, 2 procedures, 4 documents" in checked.stdout
    assert "imported" not in checked.stderr


def test_rows_that_cannot_be_read_are_told_by_line_and_the_rest_is_written(tmp_path: Path) -> None:
    odd = line("1.014955-Xoa")
    path = dumps.dump(
        tmp_path / "d.jsonl", line(), "{oops", "[]", "{}", odd, line(), line("1.222222"), line(name="")
    )
    done = motcua("catalogue", "import", str(path), "--out", str(tmp_path / "out"))
    assert done.returncode == 1
    assert [told.split(": ", 1)[1].split(" left out: ")[0] for told in done.stderr.splitlines()] == [
        f"line {number}" for number in (2, 3, 4, 5, 6, 8)
    ]
    assert "1.014955-Xoa" in done.stderr
    assert "1.111111 stands in line 1 too" in done.stderr
    assert sorted(load(tmp_path / "out").procedures) == ["1.111111", "1.222222"]


def test_a_gzipped_dump_reads_the_same_whatever_its_name(tmp_path: Path) -> None:
    plain = dumps.dump(tmp_path / "d.jsonl", line())
    packed = tmp_path / "d.data"
    packed.write_bytes(gzip.compress(plain.read_bytes()))
    assert catalogue_of(packed) == catalogue_of(plain)


def test_a_damaged_dump_and_no_dump_at_all_are_told_in_one_line(tmp_path: Path) -> None:
    packed = tmp_path / "d.jsonl.gz"
    packed.write_bytes(gzip.compress(b'{"a": 1}\n' * 1000)[:-12])
    for path in (packed, tmp_path / "absent.jsonl", Path(__file__)):
        done = motcua("catalogue", "import", str(path), "--out", str(tmp_path / "out"))
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1
    assert not (tmp_path / "out").exists()


def test_a_directory_with_files_of_others_is_left_alone(tmp_path: Path) -> None:
    path, out = dumps.dump(tmp_path / "d.jsonl", line()), tmp_path / "out"
    out.mkdir()
    (out / "mine.toml").write_text("x = 1")
    done = motcua("catalogue", "import", str(path), "--out", str(out))
    assert done.returncode == 2
    assert "mine.toml" in done.stderr
    assert [file.name for file in out.iterdir()] == ["mine.toml"]


def test_an_import_replaces_an_earlier_one_but_not_what_was_edited_since(tmp_path: Path) -> None:
    out = tmp_path / "out"
    first = dump.read(dumps.dump(tmp_path / "a.jsonl", line(), line("1.222222", field="Bến")), DAY).catalogue
    second = dump.read(dumps.dump(tmp_path / "b.jsonl", line()), DAY).catalogue
    files.write(first, out)
    files.write(second, out)
    assert load(out) == second
    edited = out / "do-ngang.toml"
    edited.write_text(edited.read_text(encoding="utf-8") + "# mine\n", encoding="utf-8")
    with pytest.raises(files.NotOurs, match=r"do-ngang\.toml"):
        files.write(first, out)
    assert load(out) == second


def test_fields_get_ids_that_fit_a_button_and_differ(tmp_path: Path) -> None:
    names = ["Đất đai", "ĐẤT ĐAI", "Quản lý bến đò ngang sông lớn", "Quản lý bến đò ngang sông nhỏ"]
    path = dumps.dump(
        tmp_path / "d.jsonl", *(line(f"1.00000{n}", field=name) for n, name in enumerate(names))
    )
    ids = [field.id for field in dump.read(path, DAY).catalogue.fields]
    assert ids == ["dat-dai", "quan-ly-ben-do-ngang", "quan-ly-ben-do-ngang-2"]
