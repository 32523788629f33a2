"""Canaries through the running system: those that were planted are found, each in its place, and no other."""

from services.leakcheck.run import PLANTED, check


async def test_only_what_was_planted_is_found() -> None:
    outcome = await check(2, 5, plant=True)
    assert outcome.missed == 0
    sent = set(outcome.canaries)
    leaked = [f"{find.canary.kind} as {find.spelling} in {find.place}" for find in outcome.finds if find.canary in sent]
    assert not leaked, "\n".join(leaked)
    planted = {find.canary for find in outcome.finds}
    assert len(planted) == PLANTED
    places = "\n".join(find.place for find in outcome.finds)
    for kind in (
        "stream DESK,",
        "stream DESK_DLQ,",
        "table records.db",
        "table spans.db",
        "file prompts",
        "file logs",
        "planted.bin",
    ):
        assert kind in places
