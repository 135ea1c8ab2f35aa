"""Reads the catalogue from one TOML file a field, and tells every problem at once."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from knowledge.datafile import BadDataFile, read
from knowledge.procedures.catalogue import Catalogue, CatalogueField

FIELDS = Path(__file__).with_name("fields")


def load(directory: Path = FIELDS) -> Catalogue:
    """Reads every `*.toml` of a directory; raises BadDataFile with all problems at once."""
    problems: list[str] = []
    fields = [f for path in sorted(directory.glob("*.toml")) if (f := _read_field(path, problems))]
    if not fields and not problems:
        problems.append(f"{directory}: no field files (*.toml) here")
    problems.extend(_doubles(fields))
    if problems:
        raise BadDataFile(problems)
    return Catalogue(fields=tuple(sorted(fields, key=lambda f: f.order)))


def _read_field(path: Path, problems: list[str]) -> CatalogueField | None:
    try:
        return read(path, CatalogueField, _share)
    except BadDataFile as error:
        problems.extend(error.problems)
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


def _doubles(fields: list[CatalogueField]) -> Iterator[str]:
    seen: dict[str, str] = {}
    for field in fields:
        for key in (f"field {field.id}", *(f"procedure {p.code}" for p in field.procedures)):
            if key in seen:
                yield f"{field.id}.toml: {key} stands in {seen[key]}.toml too"
            seen[key] = field.id
