"""Whether a write of ours is one of those that led to what stands: the truth about an answer that was lost."""

from hypothesis import given
from hypothesis import strategies as st

from shared.stores.mongo.envelope import NOTHING, REMEMBERED, Stamp


@given(st.lists(st.integers(0, 40), min_size=1, max_size=120), st.data())
def test_a_write_is_told_from_others_and_never_wrongly(writers: list[int], data: st.DataObject) -> None:
    """A writer asks about its last write before it writes again, so that is what is asked here."""
    stands, written = NOTHING, list[Stamp]()
    for writer in writers:
        stands = stands.next(writer)
        written.append(stands)
    asked = data.draw(st.integers(0, len(writers) - 1))
    while writers[asked] in writers[asked + 1 :]:
        asked = len(writers) - 1 - writers[::-1].index(writers[asked])
    followed = set(writers[asked + 1 :])
    assert stands.holds(written[asked]) == "yes" or len(followed) > REMEMBERED
    assert stands.holds(written[asked]) != "no"
    missed = (written[asked - 1] if asked else NOTHING).next(writers[asked])  # at the same place, and never arrived
    assert stands.holds(missed) != "yes"
    assert len(stands.before) <= REMEMBERED


def test_a_guess_that_is_old_is_known_to_have_missed() -> None:
    mine = NOTHING.next(1)
    stands = mine
    for _ in range(500):
        stands = stands.next(2)
    assert stands.holds(mine.next(1)) == "no"
    assert len(stands.before) == 1


def test_nobody_is_told_what_nobody_can_know() -> None:
    mine = NOTHING.next(1)
    stands = mine
    for writer in range(2, REMEMBERED + 4):
        stands = stands.next(writer)
    assert stands.holds(mine) == "unknown"
