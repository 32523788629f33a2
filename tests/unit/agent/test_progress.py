import asyncio

from services.agent.progress import DeltaStream
from tests.unit.agent.sample import Shown
from tests.waiting import until


async def test_the_first_pieces_go_at_once_and_later_ones_are_gathered() -> None:
    shown = Shown()
    stream = DeltaStream(shown, "c1", 3, 1, gather=0.05)
    await stream.text("One")
    assert [delta.text for delta in shown.deltas] == ["One"]
    await stream.text(" or")
    assert [delta.text for delta in shown.deltas] == ["One", " or"]
    await stream.text(" two")
    await stream.text(" three")
    assert len(shown.deltas) == 2
    await until(lambda: len(shown.deltas) == 3)  # by the timer, though nothing more came
    await stream.text(" four")
    await stream.close()
    assert "".join(delta.text for delta in shown.deltas) == "One or two three four"
    assert [delta.number for delta in shown.deltas] == list(range(stream.count))
    assert {(delta.epoch, delta.step) for delta in shown.deltas} == {(3, 1)}
    assert len({delta.run for delta in shown.deltas}) == 1


async def test_another_attempt_is_another_run_and_forgets_what_was_gathered() -> None:
    shown = Shown()
    stream = DeltaStream(shown, "c1", 1, 0, gather=0.02)
    await stream.text("A")
    await stream.text(" wrong")
    await stream.text(" start")
    stream.restart()
    await asyncio.sleep(0.03)
    await stream.text("Right")
    await stream.close()
    assert [(delta.number, delta.text) for delta in shown.deltas] == [(0, "A"), (1, " wrong"), (0, "Right")]
    assert shown.deltas[0].run != shown.deltas[2].run
    assert stream.count == 1
