"""Events as Zalo sends them: the recorded ones, new ones with a time and an id of their own, and signed."""

import json
from hashlib import sha256
from itertools import count
from pathlib import Path

HERE = Path(__file__).parent
EVENTS = json.loads((HERE / "events.json").read_text(encoding="utf-8"))
VECTORS = json.loads((HERE / "signatures.json").read_text(encoding="utf-8"))
APP, OA, SECRET, APP_SECRET = (VECTORS[key] for key in ("app_id", "oa_id", "oa_secret_key", "app_secret"))
LAN = "4567890123456789012"  # who wrote the recorded ones
RECORDED_MS = 1_750_000_000_000

_numbers = count(1)


def event(name, at_ms=RECORDED_MS, person=LAN, **message):
    """A recorded event with another time, id and person; `message` replaces parts of its message."""
    body = json.loads(json.dumps(EVENTS[name]).replace(LAN, person))
    body["timestamp"] = str(at_ms)
    if "message" in body:
        body["message"] = body["message"] | {"msg_id": f"m{next(_numbers)}"} | message
    return body


def raw(body):
    return json.dumps(body, ensure_ascii=False).encode()


def signed(content, secret=SECRET, first=APP):
    """The headers with which Zalo sends it."""
    timestamp = str(json.loads(content)["timestamp"])
    digest = sha256(first.encode() + content + timestamp.encode() + secret.encode()).hexdigest()
    return {"X-ZEvent-Signature": f"mac={digest}"}
