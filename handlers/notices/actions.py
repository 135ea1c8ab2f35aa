"""What the buttons of this wing do."""

from handlers.turn.actions import Action, action


@action("follow")
class AgreeFollow(Action):
    """Agrees to be told."""

    code: str  # of the dossier or the procedure; ALL of follow.py: all that was asked about
    answer: str = "yes"


@action("decline")
class Decline(Action):
    """Does not agree to be told."""


@action("follows")
class MyNotices(Action):
    """What this person is told of."""


@action("stop")
class StopAll(Action):
    """Wants to be told nothing any more."""


@action("got")
class NoticeRead(Action):
    """Has read a notice."""

    number: int  # its id


@action("forget")
class ForgetReminder(Action):
    """Wants no reminder of that paper any more."""

    number: int  # handlers.ports.followers.Reminder.number


@action("phone")
class OfferPhone(Action):
    """Wants to be told of what was filed at the desk with the own number."""


@action("why")
class WhyNotTold(Action):
    """Asks what became of the notices."""


@action("quiet")
class AskQuiet(Action):
    """Wants other hours without notices."""


@action("quiet")
class ChooseQuiet(Action):
    """Wants these hours without notices."""

    hours: str  # "2100-0700"; "none"


@action("detailed")
class ShowTitles(Action):
    """Wants notices with the procedure's title, or without."""

    on: int  # 1 or 0


@action("expiry")
class RemindOfPaper(Action):
    """Wants to be reminded of a paper that expires."""


@action("expiry")
class RemindOf(Action):
    """Wants to be reminded of that kind of paper; its day is asked for."""

    paper: str  # knowledge.notices.expiries.Kind.id


@action("expiry")
class AgreeReminder(Action):
    """Agrees that the day is kept."""

    paper: str
    day: str  # "20271231"
