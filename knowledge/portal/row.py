"""One line of a dump, checked: the portal's own shape, and the shape of the reviewed data."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Annotated, Literal, Self

from pydantic import AliasChoices, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from knowledge.portal.words import clean, clean_lines
from knowledge.procedures.catalogue import Via

VIA: Mapping[str, Via] = {
    "DIRECT": "desk",
    "ONLINE": "online",
    "POSTAL": "post",
    "trực tiếp": "desk",
    "trực tuyến": "online",
    "bưu chính": "post",
}
Nothing = BeforeValidator(lambda value: "" if value is None else value)
Line = Annotated[str, Nothing, BeforeValidator(lambda v: clean(v) if isinstance(v, str) else v)]
Lines = Annotated[str, Nothing, BeforeValidator(lambda v: clean_lines(v) if isinstance(v, str) else v)]
Raw = Annotated[str, Nothing]


class Cell(BaseModel):
    """Part of a line; keys that we do not read are ignored, the portal adds some now and then."""

    model_config = ConfigDict(frozen=True, extra="ignore", populate_by_name=True)


class Paper(Cell):
    """A row of the list of documents."""

    name: Line
    originals: int | None = Field(default=None, ge=0, validation_alias=AliasChoices("orig", "originals"))
    copies: int | None = Field(default=None, ge=0, validation_alias=AliasChoices("copy", "copies"))
    heading: Line = Field(default="", validation_alias=AliasChoices("case", "heading"))
    kind: Literal["", "submit", "present", "note"] = ""  # "": the portal does not say


class Way(Cell):
    """A way of filing with its deadline and fee in the portal's words."""

    via: Annotated[Via, BeforeValidator(lambda value: VIA.get(value, value))] = Field(
        validation_alias=AliasChoices("method", "via")
    )
    time: Raw = ""  # "5 WORKING_DAY", "30 ngày", "1 OTHER", "<words> OTHER"
    fee: Raw = ""  # "0 VNĐ ()", "50000 VNĐ (/văn bản) | 0 VNĐ (...)"
    about: Line = Field(default="", validation_alias=AliasChoices("desc", "about"))


class Row(Cell):
    """One procedure of a dump; a text that says nothing is empty."""

    code: Annotated[str, Field(min_length=1)] = Field(alias="Mã thủ tục")
    name: Annotated[Line, Field(min_length=1)] = Field(alias="Tên thủ tục")
    field: Annotated[Line, Field(min_length=1)] = Field(alias="Lĩnh vực")
    level: Line = Field(default="", alias="Cấp thực hiện")
    decision: Line = Field(default="", alias="Số quyết định")
    who: Line = Field(default="", alias="Đối tượng thực hiện")
    agency: Line = Field(default="", alias="Cơ quan thực hiện")
    authority: Line = Field(default="", alias="Cơ quan có thẩm quyền")
    address: Line = Field(default="", alias="Địa chỉ tiếp nhận HS")
    result: Line = Field(default="", alias="Kết quả thực hiện")
    conditions: Lines = Field(default="", alias="Yêu cầu, điều kiện thực hiện")
    papers: tuple[Paper, ...] = Field(default=(), alias="Thành phần hồ sơ (tách)")
    ways: tuple[Way, ...] = Field(default=(), alias="Cách thức (tách)")
    basis: tuple[Line, ...] = Field(default=(), alias="Căn cứ (tách)")
    reviewed: bool = False  # by people, who also told notes from papers


class _Time(Cell):
    """A deadline of the reviewed data."""

    via: str = ""
    text: Raw = ""
    working_days: int | Sequence[int] | None = None
    note: Line = ""
    by_method: tuple[Self, ...] | None = None

    def told(self) -> str:
        """The same in the portal's words."""
        plain = isinstance(self.working_days, int) and self.text.strip() in (
            "",
            f"{self.working_days} ngày làm việc",
        )
        return f"{self.working_days} WORKING_DAY" if plain else f"{self.text} OTHER"


class Reviewed(Cell):
    """One procedure of the reviewed data."""

    code: str
    name: str
    catalogue_field: str
    decision: Raw = ""
    audience_raw: Raw = ""
    agency: Raw = ""
    authority: Raw = ""
    result: Raw = ""
    conditions: Raw = ""
    documents: tuple[Paper, ...] = ()
    time_limit: _Time | None = None
    fee: Raw = ""
    submit_via: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] | None = None

    @model_validator(mode="after")
    def _ways_are_known(self) -> Self:
        unknown = [via for via in self.submit_via if via not in VIA]
        if unknown:
            raise ValueError(f"submit_via {unknown[0]!r} is none of {', '.join(VIA)}")
        return self

    def row(self) -> Row:
        """The same as a row of the portal."""
        return Row(
            code=self.code,
            name=self.name,
            field=self.catalogue_field,
            level=COMMUNE,
            decision=self.decision,
            who=self.audience_raw,
            agency=self.agency,
            authority=self.authority,
            result=self.result,
            conditions=self.conditions,
            papers=self.documents,
            ways=tuple(self._ways()),
            basis=self.legal_basis or (),
            reviewed=True,
        )

    def _ways(self) -> Iterator[Way]:
        fees = dict(_fee_by_way(self.fee))
        times = {t.via: t for t in (self.time_limit and self.time_limit.by_method) or ()}
        for via in self.submit_via:
            time = times.get(via) or self.time_limit or _Time()
            yield Way(via=VIA[via], time=time.told(), fee=fees.get(via, fees.get("", "")), about=time.note)


def _fee_by_way(text: str) -> Iterator[tuple[str, str]]:
    """`trực tuyến: ... || trực tiếp: ...` as (way, fee); ("", fee) where the ways are not told apart."""
    for part in text.split(" || "):
        way, colon, fee = part.partition(": ")
        yield (way, fee) if colon and way in VIA else ("", part)


COMMUNE = "Cấp Xã"
