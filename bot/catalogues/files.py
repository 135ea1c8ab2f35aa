"""Writes a catalogue as a directory of field files, and touches nothing that it did not write."""

import hashlib
import json
import shutil
import tempfile
from pathlib import Path

import tomli_w

from knowledge.catalogue import Catalogue, CatalogueField

LIST = "imported.json"  # what was written: file name -> digest


class NotOurs(Exception):
    """The directory holds files that were not written here, or were changed since."""


def write(catalogue: Catalogue, out: Path) -> None:
    """Writes all field files or, if anything fails, none. Raises NotOurs, OSError."""
    foreign = foreign_files(out)
    if foreign:
        shown = ", ".join(foreign[:3])
        raise NotOurs(f"{out} holds what no import wrote ({shown}); name another directory with --out")
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
    text = tomli_w.dumps(told).encode()
    (folder / f"{field.id}.toml").write_bytes(text)
    return _digest(text)


def _digest(text: bytes) -> str:
    return hashlib.sha256(text).hexdigest()[:16]
