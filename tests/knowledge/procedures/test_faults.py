"""What `motcua check` refuses in a written-up catalogue, each in the smallest procedure that has it."""

import pytest

from knowledge.procedures.catalogue import Document, Note, Procedure, Spot
from knowledge.procedures.faults import faults_of
from knowledge.procedures.loading import load
from tests.knowledge.procedures.test_checklist import procedure

CONDITION = Note(text="Chỉ cho người từ đủ 18 tuổi.", topic="condition", lead=True)


def sound(documents: list[Document] | None = None, **more: object) -> Procedure:
    paper = Document(id="form", name="Tờ khai", handling="submit", originals=1, via=("desk",))
    return procedure([], documents or [paper], **{"notes": [CONDITION], **more})


def online(**more: object) -> list[Document]:
    return [Document.model_validate({"id": "paper", "name": "Giấy", "handling": "submit", **more})]


def test_a_sound_procedure_has_no_fault() -> None:
    assert list(faults_of(sound())) == []


FAULTS = [
    (sound(notes=[]), "no leading note of topic condition"),
    (sound(notes=[CONDITION.model_copy(update={"lead": False})]), "no leading note of topic condition"),
    (sound(online(originals=1)), "document paper: has originals online"),
    (sound(online(either=True)), "document paper: has originals online"),
    (sound(online(handling="present")), "document paper: cannot be shown online"),
    (sound(online(via=["post"])), "document paper: post is no way of filing here"),
    (sound(spots=[Spot(place="police", via=("online",))]), "spot police: is a counter"),
    (sound(place="other", where="Nộp tại quầy của trường."), "where: names the one-stop desk"),
    (sound(online(options=["Sổ đỏ", "Sổ hồng"])), "its name does not say “một trong”"),
    (sound(online(name="Một trong các giấy tờ về đất")), "names nothing to choose from"),
    (sound(online(note="Theo khoản 2 Điều 17.")), "article number 'khoản 2'"),
    (sound(doubts=["Xem điểm a khoản 6."]), "article number 'điểm a'"),
]


@pytest.mark.parametrize(
    ("faulty", "told"), FAULTS, ids=[f"{n} {told}" for n, (_p, told) in enumerate(FAULTS)]
)
def test_a_fault_is_told(faulty: Procedure, told: str) -> None:
    assert [fault for fault in faults_of(faulty) if told in fault]


SOUND = [
    sound(notes=[], condition_unstated=True),
    sound(online(originals=1, at_collection=True)),  # handed in when the result is fetched
    sound(online(originals=1, via=["desk"])),
    sound(online(name="Một trong hai: giấy chứng tử, quyết định của Tòa án")),
    sound(online(name="Một trong các giấy tờ về đất", note="Hỏi Công an trước.")),
    sound(online(name="Đơn (mục 1 của Mẫu số 01)")),
    sound(place="other", where="Sở Nội vụ, không nộp ở một cửa của xã, phường."),
    sound(asks=[]),  # imported, and not read by anybody yet
]


@pytest.mark.parametrize("procedure", SOUND, ids=range(len(SOUND)))
def test_what_only_looks_like_a_fault_is_none(procedure: Procedure) -> None:
    assert list(faults_of(procedure)) == []


def test_the_catalogue_that_ships_has_no_fault() -> None:
    told = {p.code: faults for p in load().procedures.values() if (faults := list(faults_of(p)))}
    assert told == {}
