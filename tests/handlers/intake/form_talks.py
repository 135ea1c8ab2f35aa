"""Invented citizens at a form, by hand and with cards."""

from handlers.ports.world import World
from handlers.turn.messages import Incoming
from knowledge.intake import course, forms
from tests.dialogue import MONDAY, Player

FORMS = forms.load()
MOTHER = (
    "060198001234||Nguyễn Thị Hoài Phương|14031998|Nữ|"
    "12 Trần Phú, Tiến Thành, Phan Thiết, Bình Thuận|20052022"
)
FATHER = (
    "060095004321|271234567|Trần Văn Bình|02111995|Nam|Khu phố 2, Đức Long, Phan Thiết, Bình Thuận|15082024"
)


def begun(world: World, form: str, how: str = "Đồng ý, tự gõ") -> Player:
    player = Player(world)
    player.say(Incoming(at=MONDAY, choice=f"form:{form}"))
    player.tap(how)
    return player


def asked(player: Player) -> str:
    """The id of the question that is open."""
    draft = player.drafts.find(player.state.draft)
    question = draft and course.next_question(FORMS[draft.form], draft.interview)
    return question.id if question else ""


def by_hand(player: Player, form: str, **other: str) -> Player:
    """Types the example's answers, and skips what it does not tell."""
    told = {**FORMS[form].example, **other}
    for _ in range(80):
        if not (name := asked(player)):
            return player
        player.type(told.get(name) or usual(name))
    raise AssertionError(f"{form} does not end: {asked(player)}")


def changed_to_the_example(player: Player, form: str) -> None:
    """What was taken for granted is changed from the review where the example tells otherwise."""
    draft = player.drafts.find("00000001")
    assert draft
    for name, value in FORMS[form].example.items():
        if name not in draft.interview.answers and value != "manual":
            player.say(Incoming(at=MONDAY, choice=f"fq:{name}"))
            player.type(value)


def usual(name: str) -> str:
    return {"any": "không", "card": "Tự gõ"}.get(name.rpartition(".")[2], "bỏ qua")


def do(player: Player, steps: list[str]) -> int:
    """Taps, photographs or types each step; how many they are."""
    for step in steps:
        if step.count("|") > 5:
            player.photograph(step)
        elif step in player.labels:
            player.tap(step)
        else:
            player.type(step)
    return len(steps)
