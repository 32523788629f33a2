"""Canaries through the running system: those that were planted are found, each in its place, and no other."""

from services.leakcheck.run import PLANTED, check


async def test_only_what_was_planted_is_found() -> None:
    outcome = await check(2, 5, plant=True)
    assert outcome.missed == 0
    leaked = [f"{find.canary.kind} as {find.spelling} in {find.place}" for find in outcome.finds]
    assert not leaked, "\n".join(leaked)
    assert len({find.canary for find in outcome.planted}) == PLANTED
    places = "\n".join(find.place for find in outcome.planted)
    for kind in (
        "stream DESK,",
        "stream DESK_DLQ,",
        "table records.db",
        "table spans.db",
        "table knowledge.db",
        "file prompts",
        "file logs",
        "planted.bin",
    ):
        assert kind in places
