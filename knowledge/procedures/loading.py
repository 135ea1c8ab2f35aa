"""Reads the catalogue from one TOML file a field, and tells every problem at once."""

import tomllib
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from knowledge.procedures.catalogue import Catalogue, CatalogueField

FIELDS = Path(__file__).with_name("fields")


class BadCatalogue(Exception):
    """A catalogue that cannot be used; `problems` name file, key and value, one a line."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def load(directory: Path = FIELDS) -> Catalogue:
    """Reads every `*.toml` of a directory; raises BadCatalogue with all problems at once."""
    problems: list[str] = []
    fields = [f for path in sorted(directory.glob("*.toml")) if (f := _read_field(path, problems))]
    if not fields and not problems:
        problems.append(f"{directory}: no field files (*.toml) here")
    problems.extend(_doubles(fields))
    if problems:
        raise BadCatalogue(problems)
    return Catalogue(fields=tuple(sorted(fields, key=lambda f: f.order)))


def _read_field(path: Path, problems: list[str]) -> CatalogueField | None:
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        problems.append(f"{path.name}: {error}")
        return None
    problems.extend(f"{path.name}: {where}: not NFC" for where in not_nfc(raw))
    problems.extend(f"{path.name}: {line}" for line in _share(raw))
    try:
        return CatalogueField.model_validate(raw)
    except ValidationError as error:
        problems.extend(f"{path.name}: {line}" for line in told(error, raw))
        return None


def _share(raw: dict[str, Any]) -> Iterator[str]:
    """Puts a field's shared documents and notes into the procedures that name them.

    `shared = { id-card = [10] }` in a procedure: the entry, and the source rows it tells there.
    """
    shared = raw.pop("shared", {})
    pools = {kind: shared.get(kind, {}) for kind in ("documents", "notes")}
    yield from (f"shared.{kind}: unknown key" for kind in shared if kind not in pools)
    for procedure in raw.get("procedures", []):
        for name, rows in procedure.pop("shared", {}).items():
            kinds = [kind for kind, pool in pools.items() if name in pool]
            if not kinds:
                yield f"procedures({procedure.get('code')}): shared {name} is not defined in this field"
            for kind in kinds:
                own_id = {"id": name} if kind == "documents" else {}
                procedure.setdefault(kind, []).append({**own_id, **pools[kind][name], "rows": rows})


def told(error: ValidationError, raw: object) -> Iterator[str]:
    """One line a problem: the keys that lead to it (with code or id), what is wrong, and the value."""
    for problem in error.errors():
        steps, here = [], raw
        for step in problem["loc"]:
            here = _inside(here, step)
            name = (here.get("code") or here.get("id")) if isinstance(here, dict) else None
            steps.append(f"{step}({name})" if name else str(step))
        yield f"{'.'.join(steps)}: {problem['msg']} (value {str(problem['input'])[:60]!r})"


def _inside(here: object, step: int | str) -> object:
    if isinstance(here, dict):
        return here.get(step)
    return here[step] if isinstance(here, list) and isinstance(step, int) and step < len(here) else None


def not_nfc(raw: object, where: str = "") -> Iterator[str]:
    """Keys of all texts in a loaded data file that are not in Unicode's composed form."""
    if isinstance(raw, str) and not unicodedata.is_normalized("NFC", raw):
        yield where
    items = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    for key, value in items:
        yield from not_nfc(value, f"{where}.{key}" if where else str(key))


def _doubles(fields: list[CatalogueField]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for field in fields:
        for key in (f"field {field.id}", *(f"procedure {p.code}" for p in field.procedures)):
            if key in seen:
                yield f"{field.id}.toml: {key} stands in {seen[key]}.toml too"
            seen[key] = field.id
