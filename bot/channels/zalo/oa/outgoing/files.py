"""Files for Zalo: uploaded, their ids kept for some days, and the message that shows one."""

from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from pathlib import PurePath
from typing import Any

from bot.channels.zalo.oa.outgoing.api import Accepted, Api, Failed
from bot.channels.zalo.oa.outgoing.errors import LATER_S
from bot.outbox.outcomes import Doubtful, Later, Refused
from bot.printing.enclosures import File

MEGABYTE = 1024 * 1024
KEPT = timedelta(days=6)  # Zalo forgets them after 7, -100 then
REMEMBERED = 1000  # ids; those used longest ago are forgotten first


@dataclass(frozen=True)
class Way:
    """How files of a kind go out."""

    path: str
    limit: int  # bytes
    suffix: str  # without an extension Zalo answers without an id


IMAGE = Way("/v2.0/oa/upload/image", MEGABYTE, ".png")
PAPER = Way("/v2.0/oa/upload/file", 5 * MEGABYTE, ".pdf")
WAYS: Mapping[str, Way] = {"image/png": IMAGE, "application/pdf": PAPER}


class Uploads:
    """Uploads files; the same bytes are uploaded once in some days."""

    def __init__(self, api: Api, now: Callable[[], datetime]) -> None:
        self._api, self._now = api, now
        self._ids: OrderedDict[bytes, tuple[str, datetime]] = OrderedDict()  # SHA-256 -> id, and when

    async def id_of(self, file: File) -> str | Later | Refused:
        """Zalo's id of the file."""
        way, key = WAYS.get(file.media_type), _key(file)
        if way is None or len(file.data) > way.limit:
            return Refused(f"Zalo takes no {file.media_type} of {len(file.data)} bytes")
        known, at = self._ids.get(key, ("", self._now()))
        if known and self._now() - at < KEPT:
            return known
        name = file.name if PurePath(file.name).suffix else file.name + way.suffix
        match await self._api.upload(way.path, name, file.data, file.media_type):
            case Failed(outcome):  # whatever became of the upload, the person has got nothing
                return Later(LATER_S) if isinstance(outcome, Doubtful) else outcome
            case Accepted(data):
                return self._remember(key, data)

    def forget(self, file: File) -> None:
        """Zalo does not know its id any more."""
        self._ids.pop(_key(file), None)

    def _remember(self, key: bytes, data: Mapping[str, Any]) -> str | Refused:
        told = str(data.get("token") or data.get("attachment_id") or "")
        if not told:
            return Refused("Zalo took the file and gave no id")
        self._ids[key] = told, self._now()
        self._ids.move_to_end(key)
        if len(self._ids) > REMEMBERED:
            self._ids.popitem(last=False)
        return told


def message(file: File, uploaded: str, label: str) -> Mapping[str, Any]:
    """The message that shows an uploaded file."""
    if WAYS[file.media_type] is PAPER:
        return {"attachment": {"type": "file", "payload": {"token": uploaded}}}
    element = {"media_type": "image", "attachment_id": uploaded}
    shown = {"type": "template", "payload": {"template_type": "media", "elements": [element]}}
    return {"text": label or file.name, "attachment": shown}


def _key(file: File) -> bytes:
    return sha256(file.data).digest()
