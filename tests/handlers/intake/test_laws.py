"""Whatever is tapped, typed or photographed in a form, there is a way on."""

from hypothesis import given, settings
from hypothesis import strategies as st

from handlers import router
from handlers.ports.world import World
from handlers.turn.effects import Consent, DeleteDraft, SaveDraft
from handlers.turn.messages import Incoming, State
from tests.dialogue import MONDAY
from tests.handlers.intake.form_talks import FATHER, FORMS, MOTHER, begun

STEPS = st.one_of(
    st.tuples(st.just("tap"), st.integers(0, 40)),
    st.tuples(st.just("photo"), st.sampled_from([MOTHER, FATHER, "", "H15.50-260706-1377", "ma la"])),
    st.tuples(
        st.just("text"),
        st.sampled_from(
            [
                "Nguyễn Văn An", "5/11/1990", "Kinh", "060095004321", "2", "14", "có", "không", "quay lại",
                "bỏ qua", "xem lại", "để sau", "HS-0000-0001", "H15.50-260706-1377", "4567", "stop", "hủy",
                "/tokhai", "/dulieu", "Tiến Thành, Phan Thiết, Bình Thuận", "xã Tân Hà, Bình Thuận", "đúng",
                "0912345678", "menu", "sửa", "mất bao lâu", "😀", "điền tờ khai khai tử giúp tôi",
            ]
        ),
    ),
)  # fmt: skip


@settings(max_examples=30, deadline=None)
@given(
    form=st.sampled_from(sorted(FORMS)),
    how=st.integers(0, 1),
    steps=st.lists(STEPS, min_size=30, max_size=60),
)
def test_whatever_is_tapped_or_typed_there_is_a_way_on(form, how, steps, confirmed: World) -> None:
    player = begun(confirmed, form, ("Đồng ý, chụp thẻ", "Đồng ý, tự gõ")[how])
    for kind, what in steps:
        if kind == "photo":
            player.photograph(what)
        elif kind == "text":
            player.type(what)
        else:
            choices = [choice for reply in player.replies for choice in reply.choices]
            player.say(Incoming(at=MONDAY, choice=choices[what % len(choices)].value))
        assert player.labels
        assert player.text.strip()
        assert all(len(choice.value.encode()) <= 64 for reply in player.replies for choice in reply.choices)


def test_a_turn_says_what_is_to_be_kept(world: World) -> None:
    turn = router.respond(Incoming(at=MONDAY, choice="fb:ket-hon:hand"), State(), world)
    assert [type(effect) for effect in turn.effects] == [Consent, SaveDraft]
    player = begun(world, "ket-hon")
    turn = router.respond(Incoming(at=MONDAY, choice="fx"), player.state, player.world)
    assert turn.effects == (DeleteDraft("00000001"),)
