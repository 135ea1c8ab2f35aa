"""What is asked about: a procedure in somebody's case, by a way of filing, on a day, at this office."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from handlers.language.i18n import N_, Translate
from handlers.turn.context import Context
from knowledge.office.office import Office
from knowledge.procedures.catalogue import Condition, Place, Procedure, Spot, Via
from knowledge.procedures.checklist import Answers, Conditional, certain, open_conditions, spots

# Whom to ask, by the place of filing.
DESKS: Mapping[Place, str] = {
    "one_stop": N_("bộ phận một cửa"),
    "police": N_("công an {unit}"),
    "military": N_("ban chỉ huy quân sự {unit}"),
    "other": N_("nơi nhận hồ sơ"),
}
WAYS: Mapping[Via, str] = {
    "desk": N_("nộp trực tiếp tại quầy"),
    "online": N_("nộp trực tuyến"),
    "post": N_("gửi qua bưu điện"),
}
AT: Mapping[Via, str] = {
    "desk": N_("tại quầy"),
    "online": N_("trực tuyến"),
    "post": N_("qua bưu điện"),
}
NO_DESK = N_("nộp trực tiếp")  # at a school, a department, or to an officer who comes


@dataclass(frozen=True)
class Matter:
    """One value for all that is told of a procedure."""

    procedure: Procedure
    answers: Answers
    via: Via
    today: date
    office: Office
    tr: Translate

    @property
    def spot(self) -> Spot:
        """Where it is filed in this case by this way; the usual place while the case is open."""
        return spots(self.procedure, self.answers, self.via)[-1]

    @property
    def desk(self) -> str:
        """Whom to ask: "bộ phận một cửa"."""
        return self.tr(DESKS[self.spot.place]).format(unit=self.office.unit)

    def way(self, via: Via) -> str:
        """A way of filing in words; a school has no counter."""
        no_desk = via == "desk" and self.spot.place == "other"
        return self.tr(NO_DESK if no_desk else WAYS[via])

    def at(self, via: Via) -> str:
        """The same, short, before a sum."""
        no_desk = via == "desk" and self.spot.place == "other"
        return self.tr(NO_DESK if no_desk else AT[via])

    def condition(self, when: Condition) -> str:
        """The part of a condition that is not decided yet, in words; empty if all is decided."""
        held, barred = self._named(when)
        if held:
            return self.tr("Trường hợp {condition}").format(condition=self.case_of(when))
        others = self.tr(" hoặc ").join(barred)
        return self.tr("Trừ trường hợp {condition}").format(condition=others) if barred else ""

    def case_of(self, when: Condition) -> str:
        """The open cases of a condition in words, and who of them is excepted; empty for `usual`."""
        held, barred = self._named(when)
        either = self.tr(" hoặc ")
        both = self.tr(", và ") if any(len(labels) > 1 for labels in held) else self.tr(" và ")
        cases = both.join(either.join(labels) for labels in held)
        if not (cases and barred):
            return cases
        return self.tr("{condition}, trừ {others}").format(condition=cases, others=either.join(barred))

    def usual(self, when: Condition) -> bool:
        """Whether it holds as things stand, but for the smaller part of a question's answers."""
        return not self._named(when)[0]

    def _named(self, when: Condition) -> tuple[list[list[str]], list[str]]:
        """What is open of a condition: one of each of these, and none of those; whichever is fewer to say."""
        held: list[list[str]] = []
        barred: list[str] = []
        for name, values in open_conditions(when, self.answers).items():
            case = self.procedure.case(name)
            others = [v.id for v in case.values if v.id not in values]
            # Whoever is not asked is in none of the others either: there only what it holds for may be named.
            exceptions = 0 < len(others) < len(values) and certain(case.when, self.answers)
            labels = [f"“{case.label(value)}”" for value in (others if exceptions else values)]
            if exceptions:
                barred += labels
            else:
                held.append(labels)
        return held, barred

    def told(self, text: str, entry: Conditional) -> str:
        """A sentence with what has to be true for it, as far as that is open."""
        condition = self.condition(entry.when)
        return f"{condition}: {text}" if condition else text

    @property
    def summary(self) -> str:
        """The citizen's case in words; empty for a procedure without cases, or while none is answered."""
        return case_in_words(self.procedure, self.answers)


def case_in_words(procedure: Procedure, answers: Mapping[str, str]) -> str:
    """What a citizen has told of the own case; values that the catalogue has no more are left out."""
    known = (case for case in procedure.cases if answers.get(case.id) in {v.id for v in case.values})
    return " · ".join(case.label(answers[case.id]) for case in known)


def matter(ctx: Context) -> Matter:
    """What is talked about; raises StaleButton if the catalogue has it no more."""
    state = ctx.state
    procedure = ctx.world.procedure(state.procedure)
    return Matter(procedure, state.answers, state.via, ctx.today, ctx.world.office, ctx.tr)


def usual_way(procedure: Procedure) -> Via:
    """The way that is told first: in person where that is possible."""
    if "desk" in procedure.methods or not procedure.methods:
        return "desk"
    return procedure.methods[0]
