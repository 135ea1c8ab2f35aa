"""The first words, the ways on from anywhere, and what the assistant can do."""

from handlers.language.format import bullets
from handlers.language.i18n import N_
from handlers.office.actions import SetLanguage
from handlers.ports.errors import StaleButton
from handlers.turn.choices import Choice
from handlers.turn.context import Context, context
from handlers.turn.messages import Reply, Turn
from handlers.turn.shared import (
    AskDossier,
    AskLanguage,
    BrowseFields,
    MyForms,
    MyLists,
    SmallTalk,
    human_choice,
)

EXAMPLES = (
    N_("làm khai sinh cho con cần gì"),
    N_("sao y bằng tốt nghiệp ở đâu"),
    N_("xác nhận độc thân mất bao lâu"),
)


def menu_choices(ctx: Context) -> tuple[Choice, ...]:
    """The ways on from anywhere."""
    tr = ctx.tr
    mine = (Choice(tr("Danh sách của tôi"), MyLists()),) if ctx.state.lists else ()
    return (
        Choice(tr("Tra cứu hồ sơ"), AskDossier()),
        Choice(tr("Điền tờ khai"), MyForms()),
        Choice(tr("Xem theo lĩnh vực"), BrowseFields()),
        *mine,
        Choice(tr("Giờ làm việc"), SmallTalk("hours")),
        human_choice(tr),
        Choice(tr("Ngôn ngữ / Language"), AskLanguage()),
    )


def greeting(ctx: Context) -> Turn:
    """The first message, and the menu; what was talked about is over."""
    text = ctx.tr(
        "Chào bạn, mình là trợ lý Một Cửa của {unit}. Bạn cần làm giấy tờ gì? Cứ nhắn như nói chuyện, ví dụ:"
    ).format(unit=ctx.world.office.unit)
    examples = tuple(ctx.tr(example) for example in EXAMPLES)
    lines = "\n".join([text, *bullets(examples)])
    fresh = ctx.with_state(procedure="", answers={}, pending=None)
    return fresh.turn(Reply(lines, choices=menu_choices(ctx), examples=examples))


def guide(ctx: Context) -> Turn:
    """What the assistant can do."""
    text = ctx.tr(
        "Bạn nhắn việc cần làm, mình hỏi thêm vài câu rồi gửi danh sách giấy tờ của riêng bạn, "
        "kèm lệ phí, thời hạn, nơi nộp. "
        "Bạn đánh dấu được giấy đã có, danh sách được giữ lại để lần sau xem tiếp.\n"
        "Chọn một mục, hoặc gõ số thứ tự của mục đó. Gõ “menu” để về đầu bất cứ lúc nào.\n"
        "Thông tin theo dữ liệu của {portal}; chỗ nào chưa rõ mình nói là chưa rõ."
    ).format(portal=ctx.world.office.portal.name)
    return ctx.turn(Reply(text, choices=menu_choices(ctx)))


def ask_language(ctx: Context) -> Turn:
    """Offers the languages, each in its own words."""
    names = ctx.world.languages.names
    choices = tuple(Choice(name, SetLanguage(code)) for code, name in names.items())
    return ctx.turn(Reply(ctx.tr("Bạn muốn dùng ngôn ngữ nào?"), choices=choices))


def set_language(language: str, ctx: Context) -> Turn:
    """Keeps the choice and greets in that language; raises StaleButton for one that is not spoken."""
    if language not in ctx.world.languages.names:
        raise StaleButton(language)
    chosen = ctx.with_state(language=language)
    return greeting(context(ctx.incoming, chosen.state, ctx.world))
