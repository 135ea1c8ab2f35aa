"""Made-up lines of a national dump."""

import json
from collections.abc import Mapping
from pathlib import Path

Line = Mapping[str, object]


def paper(name: str, originals: int = 1, copies: int = 0, heading: str | None = None) -> dict[str, object]:
    return {"name": name, "orig": originals, "copy": copies, "case": heading}


def way(method: str = "DIRECT", time: str = "5 WORKING_DAY", fee: str = "0 VNĐ ()", desc: str = "") -> Line:
    return {"method": method, "time": time, "fee": fee, "desc": desc}


def line(code: str = "1.111111", name: str = "Cấp thẻ chèo đò", **cells: object) -> dict[str, object]:
    told = {
        "field": "Đò ngang",
        "level": "Cấp Xã",
        "decision": "12/QĐ-BDN",
        "who": "Công dân Việt Nam",
        "agency": "Ủy ban nhân dân cấp xã",
        "result": "Thẻ chèo đò",
        "papers": [paper("Đơn xin cấp thẻ (bản chính)"), paper("Ảnh chụp con đò", 2)],
        "ways": [way()],
        "basis": ["Nghị định về đò ngang (1/2026/NĐ-CP)"],
        **cells,
    }
    return {
        "Mã thủ tục": code,
        "Tên thủ tục": name,
        "Lĩnh vực": told["field"],
        "Cấp thực hiện": told["level"],
        "Số quyết định": told["decision"],
        "Đối tượng thực hiện": told["who"],
        "Cơ quan thực hiện": told["agency"],
        "Cơ quan có thẩm quyền": "Không có thông tin",
        "Địa chỉ tiếp nhận HS": told.get("address", "Không có thông tin"),
        "Kết quả thực hiện": told["result"],
        "Yêu cầu, điều kiện thực hiện": told.get("conditions", "Không"),
        "Thành phần hồ sơ (tách)": told["papers"],
        "Cách thức (tách)": told["ways"],
        "Căn cứ (tách)": told["basis"],
    }


def dump(path: Path, *lines: Line | str) -> Path:
    told = [text if isinstance(text, str) else json.dumps(text, ensure_ascii=False) for text in lines]
    path.write_text("\n".join(told) + "\n", encoding="utf-8")
    return path
