"""The English of the catalogue stands beside its texts and cannot fall behind them."""

from typing import get_args, get_type_hints

import pytest

from handlers.ports.world import World
from knowledge.datafile import Model
from knowledge.procedures import english, translation
from knowledge.procedures.catalogue import Catalogue
from knowledge.procedures.translation import NAMED, SAID, problems
from knowledge.translated import both, sources, translated

# Texts of the data that no citizen reads as they stand, or that stay what they are on paper.
KEPT = {
    ("Procedure", "short"), ("Procedure", "asks"), ("Procedure", "qualifiers"), ("Procedure", "editor"),
    ("Procedure", "decision"), ("Value", "says"), ("Document", "form"), ("Case", "unit"),
}  # fmt: skip


def changed(catalogue: Catalogue, code: str, **texts: str) -> Catalogue:
    fields = [
        field.model_copy(
            update={
                "procedures": tuple(
                    p.model_copy(update=texts) if p.code == code else p for p in field.procedures
                )
            }
        )
        for field in catalogue.fields
    ]
    return Catalogue(fields=tuple(fields))


def test_our_own_is_whole(world: World) -> None:
    assert list(problems(world.catalogue, english.load(), translation.load())) == []


def test_a_changed_text_has_no_translation_any_more(world: World) -> None:
    before = world.catalogue.procedures["1.000894"].who
    other = changed(world.catalogue, "1.000894", who="Hai bên nam, nữ.")
    assert list(problems(other, english.load(), translation.load())) == [
        "marriage.toml: 'Hai bên nam, nữ.' is not translated",
        f"marriage.toml: {before!r} is not said any more",
    ]


def test_a_procedure_that_is_gone_is_told(world: World) -> None:
    left = [field for field in world.catalogue.fields if field.id != "nuoi-con-nuoi"]
    told = list(problems(Catalogue(fields=tuple(left)), english.load(), translation.load()))
    assert "adoption.toml: 2.001263: no such procedure" in told


def test_a_changed_text_is_shown_as_it_is(world: World) -> None:
    other = changed(world.catalogue, "1.000894", who="Hai bên nam, nữ.")
    told = translation.with_english(other, english.load(), translation.load()).others["en"]
    assert told.procedures["1.000894"].who == "Hai bên nam, nữ."


def test_ids_are_the_same_in_both_languages(world: World) -> None:
    for code, procedure in world.catalogue.procedures.items():
        other = world.catalogue.others["en"].procedures[code]
        assert [d.id for d in procedure.documents] == [d.id for d in other.documents]
        assert [(c.id, [v.id for v in c.values]) for c in procedure.cases] == [
            (c.id, [v.id for v in c.values]) for c in other.cases
        ]


@pytest.mark.parametrize("kind", sorted(SAID.keys() | NAMED.keys(), key=str))
def test_no_text_of_the_models_is_forgotten(kind: type[Model]) -> None:
    texts = {name for name, hint in get_type_hints(kind).items() if _is_text(hint, name)}
    known = {*SAID.get(kind, ()), *NAMED.get(kind, ())}
    assert {name for name in texts - known if (kind.__name__, name) not in KEPT} == set()


def _is_text(hint: object, name: str) -> bool:
    plain_ids = {"id", "code", "variant_of", "language", "yes", "no", "checked", "as_of", "rows", "when"}
    return name not in plain_ids and (hint is str or str in get_args(hint) or (str, ...) == get_args(hint))


def test_a_name_keeps_the_vietnamese_behind_it() -> None:
    assert both("Birth certificate", "Giấy khai sinh") == "Birth certificate (Giấy khai sinh)"
    assert both("CT01", "CT01") == "CT01"


def test_all_texts_of_an_office_are_found(world: World) -> None:
    from knowledge.office.office import NAMED as OFFICE_NAMED
    from knowledge.office.office import SAID as OFFICE_SAID

    texts = list(sources(world.office, OFFICE_SAID, OFFICE_NAMED))
    assert world.office.portal.name in texts
    told = translated(world.office, {world.office.portal.name: "Portal"}, OFFICE_SAID, OFFICE_NAMED)
    assert told.portal.name == f"Portal ({world.office.portal.name})"
