"""Writes a catalogue as a directory of field files, and touches nothing that it did not write."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TypeGuard

from knowledge.procedures.catalogue import Catalogue, CatalogueField

LIST = "imported.json"  # what was written: file name -> digest


class NotOurs(Exception):
    """The directory holds files that were not written here, or were changed since."""

    def __init__(self, folder: Path, foreign: list[str]) -> None:
        shown = ", ".join(foreign[:3])
        super().__init__(f"{folder} holds what no import wrote ({shown}); name another directory with --out")


def write(catalogue: Catalogue, out: Path) -> None:
    """Writes all field files or, if anything fails, none. Raises NotOurs, OSError."""
    foreign = foreign_files(out)
    if foreign:
        raise NotOurs(out, foreign)
    out.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=out.parent, prefix=f".{out.name}-"))
    try:
        digests = {f"{field.id}.toml": _write(field, fresh) for field in catalogue.fields}
        (fresh / LIST).write_text(json.dumps(digests, indent=1) + "\n", encoding="utf-8")
        fresh.chmod(0o755)  # mkdtemp's own is for us alone
        if out.exists():
            shutil.rmtree(out)
        fresh.rename(out)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise


def foreign_files(out: Path) -> list[str]:
    """What is in the way: files of other hands, and ours that somebody has edited."""
    if not out.exists():
        return []
    if not out.is_dir():
        return [out.name]
    ours = _listed(out)
    return sorted(
        path.name
        for path in out.iterdir()
        if path.name != LIST and (not path.is_file() or ours.get(path.name) != _digest(path.read_bytes()))
    )


def _listed(out: Path) -> dict[str, str]:
    try:
        listed = json.loads((out / LIST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return listed if isinstance(listed, dict) else {}


def _write(field: CatalogueField, folder: Path) -> str:
    told = field.model_dump(by_alias=True, exclude_defaults=True)
    text = "\n".join(_toml(told)).encode() + b"\n"
    (folder / f"{field.id}.toml").write_bytes(text)
    return _digest(text)


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:16]


def _toml(table: Mapping[str, object], path: str = "") -> Iterator[str]:
    """The lines of a table: its plain values, then a `[[table]]` for each entry of a list of tables."""
    tables = {key: value for key, value in table.items() if _holds_tables(value)}
    yield from (f"{key} = {_value(value)}" for key, value in table.items() if key not in tables)
    for key, entries in tables.items():
        for entry in entries:
            yield f"\n[[{path}{key}]]"
            yield from _toml(entry, f"{path}{key}.")


def _holds_tables(value: object) -> TypeGuard[Sequence[Mapping[str, object]]]:
    return isinstance(value, (list, tuple)) and bool(value) and isinstance(value[0], dict)


def _value(value: object) -> str:
    match value:
        case str():
            return _string(value)
        case bool() | int():
            return json.dumps(value)
        case date():
            return value.isoformat()
        case dict():
            return f"{{ {', '.join(f'{key} = {_value(part)}' for key, part in value.items())} }}"
        case list() | tuple():
            return f"[{', '.join(map(_value, value))}]"
    raise TypeError(f"no TOML for {value!r}")


def _string(text: str) -> str:
    """In single quotes where it can be, which is read back faster; JSON's escapes are TOML's too."""
    return f"'{text}'" if text.isprintable() and "'" not in text else json.dumps(text, ensure_ascii=False)
