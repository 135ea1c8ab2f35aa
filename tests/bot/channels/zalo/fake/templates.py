"""The template messages of the fake Official Account: by user id, and by phone on the other host's paths.

It refuses what Zalo is told to refuse, and knows nothing of what nobody has established.
"""

import re
from typing import Any
from unicodedata import is_normalized

from tests.bot.channels.zalo.fake.oa import FakeOa, Refusal

ENABLED: dict[str, Any] = {
    "templateName": "Hồ sơ có kết quả",
    "status": "ENABLE",
    "listParams": [
        {"name": "ma_ho_so", "require": True, "type": "ID", "maxLength": 30, "acceptNull": False},
        {"name": "trang_thai", "require": True, "type": "STATUS", "maxLength": 30, "acceptNull": False},
    ],
    "templateQuality": "HIGH",
    "templateTag": "TRANSACTION",
    "price_sdt": "300",
    "price_uid": "120",
}
OLD = "111"  # made before 10 December 2025: not for user ids


class FakeTemplates(FakeOa):
    """`templates`: what it has by number; `admins`: phones that get what is in development."""

    def __init__(self, now_ms):
        super().__init__(now_ms)
        self.templates = {"123456": dict(ENABLED), OLD: dict(ENABLED)}
        self.admins, self.by_uid, self.by_phone = set(), [], []
        self.left = 500

    def more_routes(self):
        return (
            ("POST", "/v3.0/oa/message/template", self._uid),
            ("POST", "/message/template", self._phone),
            ("GET", "/template/info/v2", self._info),
        )

    async def _uid(self, request):
        body = await request.json()
        if set(body) != {"user_id", "template_id", "template_data"}:
            raise Refusal(-201)
        if body["template_id"] == OLD:
            raise Refusal(-249)
        self._check_values(body, -201)
        self.by_uid.append(body)
        quota = {"quota_type": "purchase_quota", "remain": 4821}
        return {"message_id": f"t{len(self.by_uid)}", "user_id": body["user_id"], "quota": quota}

    async def _phone(self, request):
        body = await request.json()
        if set(body) - {"mode"} != {"phone", "template_id", "template_data", "tracking_id"}:
            raise Refusal(-122)
        if not re.fullmatch(r"84\d{9}", body["phone"]):
            raise Refusal(-108)
        if not 0 < len(body["tracking_id"]) <= 48:
            raise Refusal(-132)
        is_test = body.get("mode") == "development"
        if is_test and body["phone"] not in self.admins:
            raise Refusal(-127)
        self._check_values(body, -1122, is_test=is_test)
        self.left -= 1
        self.by_phone.append(body)
        quota = {"dailyQuota": "500", "remainingQuota": str(self.left)}
        return {"msg_id": f"p{len(self.by_phone)}", "sent_time": str(self.now_ms()), "quota": quota}

    async def _info(self, request):
        found = self.templates.get(request.query["template_id"])
        if found is None:
            raise Refusal(-109)
        return {"templateId": int(request.query["template_id"]), **found}

    def _check_values(self, body, missing, is_test=False):
        template, data = self.templates.get(body["template_id"]), body["template_data"]
        if template is None:
            raise Refusal(-109)
        if template["status"] != "ENABLE" and not is_test:
            raise Refusal(-131)
        places = {place["name"]: place["maxLength"] for place in template["listParams"]}
        if set(places) != set(data):
            raise Refusal(missing)
        if any(len(value) > places[name] or not is_normalized("NFC", value) for name, value in data.items()):
            raise Refusal(-1121)
