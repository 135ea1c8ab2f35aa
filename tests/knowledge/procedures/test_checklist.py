"""Only the cases that change the list, and only what holds."""

from datetime import date

from knowledge.procedures.catalogue import UNSURE, Case, Deadline, Document, Fee, Procedure, Source
from knowledge.procedures.checklist import in_force, next_case, open_conditions, relevant, settled


def case(name: str, *values: str, **when: tuple[str, ...]) -> Case:
    return Case(id=name, question=f"{name}?", values=[{"id": v, "label": v} for v in values], when=when)


def document(name: str, via: tuple[str, ...] = (), **when: tuple[str, ...]) -> Document:
    return Document(id=name, name=name, handling="submit", via=via, when=when)


def procedure(cases: list[Case], documents: list[Document], **more: object) -> Procedure:
    return Procedure.model_validate(
        {
            "code": "9.000001",
            "name": "Thủ tục",
            "short": "Thủ tục",
            "about": "Để thử.",
            "asks": ["thử"],
            "who": "Ai cũng được",
            "cases": cases,
            "documents": documents,
            "deadlines": [Deadline(kind="same_day")],
            "fees": [Fee(name="Lệ phí", level="free")],
            "place": "one_stop",
            "agency": "UBND",
            "methods": ["desk", "online"],
            "result": "Giấy",
            "legal_basis": [],
            "evidence": "data",
            "source": Source(name="Cổng", as_of=date(2026, 7, 18)),
            "checked": date(2026, 11, 22),
            **more,
        }
    )


CHILD, PROOF = case("child", "own", "found"), case("proof", "paper", "none", child=("own",))
BIRTH = procedure(
    [CHILD, PROOF],
    [
        document("form"),
        document("report", child=("found",)),
        document("paper", proof=("paper",), child=("own",)),
    ],
)


def test_cases_are_asked_in_order_until_nothing_depends_on_them() -> None:
    assert next_case(BIRTH, {}) == CHILD
    assert next_case(BIRTH, {"child": "own"}) == PROOF
    assert next_case(BIRTH, {"child": "own", "proof": "none"}) is None


def test_who_is_unsure_is_asked_on_about_half_of_the_answers_not_about_a_rare_one() -> None:
    assert next_case(BIRTH, {"child": UNSURE}) == PROOF
    home = case("home", "own", "kin", "barracks")
    unit = case("unit", "army", "police", home=("barracks",))
    residence = procedure([home, unit], [document("letter", home=("barracks",), unit=("army",))])
    assert next_case(residence, {"home": "barracks"}) == unit
    assert next_case(residence, {"home": UNSURE}) is None


def test_a_case_that_cannot_change_the_list_is_not_asked() -> None:
    assert next_case(BIRTH, {"child": "found"}) is None


def test_a_case_for_another_way_of_filing_is_not_asked() -> None:
    online_only = procedure([CHILD], [document("form"), document("scan", via=("online",), child=("own",))])
    assert next_case(online_only, {}, "desk") is None
    assert next_case(online_only, {}, "online") == CHILD


def test_not_knowing_keeps_every_paper_that_may_be_needed() -> None:
    papers = relevant(BIRTH.documents, {"child": "?"}, "desk")
    assert [d.id for d in papers] == ["form", "report", "paper"]
    assert open_conditions(papers[1].when, {"child": "?"}) == {"child": ("found",)}


def test_knowing_leaves_the_papers_of_this_case() -> None:
    assert [d.id for d in relevant(BIRTH.documents, {"child": "found"}, "desk")] == ["form", "report"]


def test_answers_that_lost_their_question_are_dropped() -> None:
    assert settled(BIRTH, {"child": "found", "proof": "paper", "gone": "x"}) == {"child": "found"}
    assert settled(BIRTH, {"child": "nobody"}) == {}


def test_a_fee_of_this_very_case_goes_before_the_general_one() -> None:
    general, special = (
        Fee(name="Chung", level="free"),
        Fee(name="Riêng", level="free", when={"child": ("own",)}),
    )
    fees = in_force([general, special], {"child": "own"}, "desk", date(2026, 11, 22))
    assert [f.name for f in fees] == ["Riêng", "Chung"]


def test_a_fee_that_has_ended_is_not_told() -> None:
    old = Fee.model_validate({"name": "Cũ", "level": "free", "to": date(2026, 6, 30)})
    new = Fee.model_validate({"name": "Mới", "level": "free", "from": date(2026, 7, 1)})
    assert in_force([old, new], {}, "desk", date(2026, 7, 1)) == [new]
