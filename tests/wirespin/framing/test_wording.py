from hypothesis import given
from hypothesis import strategies as st

from wirespin.framing.view import FramingView
from wirespin.framing.wording import changed
from wirespin.text.document import Document

texts = st.lists(st.sampled_from(["rates", "council", "voted", "ship"]), max_size=12).map(" ".join)


def in_no_row(view: FramingView, other: FramingView) -> set[int]:
    """Words that stand in no three in a row of the other text, told one by one."""
    inside = {view.counted[at + step] for at, row in enumerate(view.rows) if row in other.row_set for step in range(3)}
    return set(view.counted) - inside


@given(texts, texts)
def test_changed_words_are_those_in_no_row_of_the_other_text(before: str, after: str) -> None:
    original, copy = FramingView(Document(before, language="en")), FramingView(Document(after, language="en"))
    gone, fresh = in_no_row(original, copy), in_no_row(copy, original)
    told = {original.norms[at] for at in gone}, {copy.norms[at] for at in fresh}
    lost, new = changed(original, copy)
    assert lost == {at for at in gone if original.norms[at] not in told[1]}
    assert new == {at for at in fresh if copy.norms[at] not in told[0]}


def test_what_is_made_of_a_view_is_made_once() -> None:
    view = FramingView(Document("Rates rose on Monday."))
    asked: list[FramingView] = []

    def words(shown: FramingView) -> int:
        asked.append(shown)
        return len(shown.norms)

    assert (view.once(words), view.once(words)) == (4, 4)
    assert asked == [view]
