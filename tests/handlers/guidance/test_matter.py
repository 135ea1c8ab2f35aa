"""Open conditions in words: whom they hold for, or the few they do not hold for, whichever is shorter."""

from functools import partial

from handlers.guidance.matter import Matter
from handlers.ports.world import World
from knowledge.procedures.checklist import Answers, certain
from knowledge.procedures.leaves import leaves
from tests.handlers.guidance.leaves import matter_of

HOME = "home"


def test_the_smaller_part_of_the_answers_is_named(world: World) -> None:
    m = matter_of("1.004222", world)
    values = [v.id for v in m.procedure.case(HOME).values]
    labels = [v.label for v in m.procedure.case(HOME).values]
    assert m.condition({HOME: (values[0],)}) == f"Trường hợp “{labels[0]}”"
    assert m.condition({HOME: tuple(values[1:])}) == f"Trừ trường hợp “{labels[0]}”"


def test_of_two_answers_the_one_it_holds_for_is_named(world: World) -> None:
    halved = [
        (m, case, case.values[0])
        for code in world.catalogue.procedures
        for m in [matter_of(code, world)]
        for case in m.procedure.cases
        if len(case.values) == 2
    ]
    assert halved
    for m, case, value in halved:
        assert m.condition({case.id: (value.id,)}) == f"Trường hợp “{value.label}”"


def test_an_answered_question_is_not_said_again(world: World) -> None:
    m = matter_of("1.004222", world, home="own")
    assert m.condition({HOME: ("own", "kin", "rent")}) == ""


def test_an_exception_is_said_only_where_everybody_else_needs_it(world: World) -> None:
    """Of whom a question is not asked nothing is promised by naming the others."""
    wrong = []
    for code, procedure in world.catalogue.procedures.items():
        m = matter_of(code, world)
        conditions = [e.when for e in procedure.documents] + [e.when for e in procedure.notes]
        for when in conditions:
            if when and m.usual(when):
                excepted = partial(_excepted, m, m.condition(when))
                wrong += [
                    (code, when, a) for a in leaves(procedure, m.via) if certain(when, a) == excepted(a)
                ]
    assert wrong == []


def _excepted(m: Matter, words: str, answers: Answers) -> bool:
    named = (m.procedure.case(case).label(value) for case, value in answers.items())
    return any(f"“{label}”" in words for label in named)
