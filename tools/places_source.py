"""A developer's tool: writes `knowledge/places.tsv` anew from two packages of PyPI.

    pip install --no-deps --target FOLDER vietnamadminunits==1.0.4 vietnam-address-converter==1.0.5
    python -m tools.places_source FOLDER

vietnamadminunits (2025-10, MIT licence, Tran Ngoc Minh Hieu; from danhmuchanhchinh.gso.gov.vn and
sapnhap.bando.com.vn) gives the names, what became of each old commune, and the older names of old ones.
vietnam-address-converter (2026-07, Apache-2.0) only adds to an old commune that both know the further
communes that it was split among: one choice too many is better than a wrong one not asked about.
We take facts, no code. The format is told in `knowledge.places.gazetteer`.
"""

import argparse
import ast
import json
import re
import sqlite3
import unicodedata
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from knowledge.places.gazetteer import TABLE, key, kind, marked, proper

KINDS = ("thanhpho", "tinh", "quan", "huyen", "thixa", "thitran", "phuong", "xa")
MORE_NAMES = {  # what people write and the source lacks: keys of provinces and districts
    "thành phố Huế": ["thuathienhue", "tthue", "tinhthuathienhue"],
    "quận Phú Xuân": ["hue"],  # together they were thành phố Huế until 2025
    "quận Thuận Hóa": ["hue"],
    "thành phố Hà Nội": ["hn", "tphn"],
    "thành phố Hồ Chí Minh": ["hcm", "tphcm", "hochiminhcity", "saigon", "sg"],
    "tỉnh Bà Rịa - Vũng Tàu": ["brvt", "vungtau"],
    "tỉnh Đắk Lắk": ["daclac"],
    "tỉnh Đắk Nông": ["dacnong"],
}
FORMERS = """
    SELECT province, district, ward, provinceAlias, districtAlias, wardAlias,
           provinceKey, districtKey, wardKey
    FROM admin_units_legacy ORDER BY provinceCode, districtCode, wardCode"""
COMMUNES = "SELECT province, ward, provinceKey, wardKey FROM admin_units ORDER BY provinceCode, wardCode"


class Old(NamedTuple):
    """An old commune as the cells of a line will tell it."""

    province: str
    district: str
    commune: str


def table(folder: Path) -> str:
    """The whole of `places.tsv`."""
    data = folder / "vietnamadminunits" / "data"
    base = sqlite3.connect(data / "dataset.db")
    became = _became(json.loads((data / "converter_2025.json").read_text(encoding="utf-8")))
    further = _further(folder)
    parts: dict[str, list[Old]] = defaultdict(list)
    names = {f"{p}_{w}": (_named(province), _named(ward)) for province, ward, p, w in base.execute(COMMUNES)}
    keys = {_bare(*name): target for target, name in names.items()}
    for row in base.execute(FORMERS):
        old = Old(*(_cell(name, alias) for name, alias in zip(row[:3], row[3:6], strict=True)))
        targets = became["_".join(part or "" for part in row[6:])]
        known = {_bare(*names[t]) for t in targets}
        more = further.get(_bare(*map(_named, row[:3])), set())
        if known & more:
            targets = targets + sorted(keys[each] for each in more - known if each in keys)
        for target in targets:
            parts[target].append(old)
    return "".join(f"{line}\n" for line in _lines(names, parts))


def _became(conversion: dict[str, Any]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for province, communes in conversion["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for commune, olds in communes.items():
            for old in olds:
                found[old].append(f"{province}_{commune}")
    for province, olds in conversion["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, communes in olds.items():
            found[old] += [f"{province}_{commune['newWardKey']}" for commune in communes]
    return found


def _further(folder: Path) -> dict[tuple[str, ...], set[tuple[str, ...]]]:
    """What the second source says became of each old commune."""
    source = (folder / "vietnam_address_converter" / "data.py").read_text(encoding="utf-8")
    text = re.search(r"json\.loads\((.+)\)$", source, re.MULTILINE)
    if text is None:
        raise SystemExit("vietnam_address_converter/data.py is written otherwise than in 1.0.5")
    found: dict[tuple[str, ...], set[tuple[str, ...]]] = defaultdict(set)
    for row in json.loads(ast.literal_eval(text[1]))["mapping"]["rows"]:
        old = [row["old"][f"{level}_name"] for level in ("province", "district", "ward")]
        new = [row["new"][f"{level}_name"] for level in ("province", "ward")]
        found[_bare(*(_named(name) for name in old))].add(_bare(*(_named(name) for name in new)))
    return found


def _lines(names: dict[str, tuple[str, str]], parts: dict[str, list[Old]]) -> Iterator[str]:
    """The table: provinces of today as headings, then their communes; a cell as above is left empty."""
    today, above = "", ["", "", ""]
    for target, (province, commune) in names.items():
        if province != today:
            yield "=".join(filter(None, [province, ",".join(MORE_NAMES.get(province, []))]))
            today, above = province, ["", "", ""]
        grouped: dict[tuple[str, str], list[str]] = defaultdict(list)
        for old in parts[target]:
            grouped[old.province, old.district].append(old.commune)
        for (former, district), communes in grouped.items():
            cells = [commune, former, district]
            shown = ["" if cell == before else cell for cell, before in zip(cells, above, strict=True)]
            yield "\t".join([*shown, "|".join(communes)])
            above = cells


def _cell(name: str | None, aliases: str | None) -> str:
    """The name with the other keys that the source and we know for it."""
    named = _named(name)
    known = json.loads(aliases or "[]")
    others = {*_other_keys(known), *MORE_NAMES.get(named, [])} - {key(proper(named))}
    return "=".join(filter(None, [named, ",".join(sorted(others))]))


def _other_keys(aliases: list[str]) -> Iterator[str]:
    """The source gives each older name with its kind and without; only such a pair is sure to be one."""
    for alias in aliases:
        for start in KINDS:
            rest = alias.removeprefix(start).lstrip("0")
            if alias.startswith(start) and (rest in aliases or rest.isdigit()):
                yield key(rest)


def _named(name: str | None) -> str:
    """The source's "Thành phố Phan Thiết" with its kind in small letters; "" for None."""
    within = unicodedata.normalize("NFC", " ".join((name or "").split()))
    start = kind(within.lower())
    return start + within[len(start) :]


def _bare(*names: str) -> tuple[str, ...]:
    """Names to compare: those of two neighbours may differ in a diacritic alone."""
    return tuple("".join(marked(name)) for name in names)


def main() -> None:
    """Writes the table beside its reader."""
    parser = argparse.ArgumentParser(prog="python -m tools.places_source", description=__doc__.split("\n")[0])
    parser.add_argument("folder", type=Path)
    TABLE.write_text(table(parser.parse_args().folder), encoding="utf-8")


if __name__ == "__main__":
    main()
