"""Every list that the catalogue can give: procedures, ways of filing, all answers to their questions."""

from collections.abc import Iterator
from datetime import date

from handlers.guidance.matter import Matter, usual_way
from handlers.language.i18n import SOURCE, translator
from handlers.ports.world import World
from knowledge.procedures.checklist import Answers, next_case
from knowledge.procedures.leaves import leaves

TODAY = date(2026, 11, 23)


def matter_of(code: str, world: World, via: str = "", **answers: str) -> Matter:
    procedure = world.catalogue.procedures[code]
    way = next((way for way in procedure.methods if way == via), usual_way(procedure))
    return Matter(procedure, answers, way, TODAY, world.office, translator(SOURCE))


def first_buttons(world: World) -> Iterator[Matter]:
    """Each procedure with the first answer to each question."""
    for code in world.catalogue.procedures:
        m, answers = matter_of(code, world), dict[str, str]()
        while case := next_case(m.procedure, answers, m.via):
            answers[case.id] = case.values[0].id
        yield matter_of(code, world, **answers)


def every_leaf(world: World) -> Iterator[Matter]:
    """Every procedure by every way in every case, and with every question left open."""
    for code, procedure in world.catalogue.procedures.items():
        for via in procedure.methods:
            cases: list[Answers] = [*leaves(procedure, via), {}]
            yield from (matter_of(code, world, via, **answers) for answers in cases)
