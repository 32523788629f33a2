"""All that Frontdesk keeps of a customer, opened, for the customer: what they said as they said it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from shared.channels.web import words
from shared.contracts import Draft, turn_id
from shared.guardrails.normal import PLACEHOLDER
from shared.lane.confirmation import answer_to, result_id
from shared.lane.documents import Conversation, Effect, Turn
from shared.sealing import SealBroken
from shared.stores.customers import CustomerProfile, Feedback, Memory, profile_place
from shared.stores.keys import CustomerKeys
from shared.stores.port import D, Records
from shared.stores.vault import Vault

MOST = 10_000
"""Records of one kind and group."""


class Export:
    """Reads only. What was not kept (cards, passwords) stays a placeholder; what cannot be opened any more is null."""

    def __init__(self, records: Records, keys: CustomerKeys, now: Callable[[], float]) -> None:
        self._records, self._keys, self._now = records, keys, now
        self._vault = Vault(records, keys)

    async def of(self, customer: str) -> dict[str, Any]:
        """One JSON object."""
        profile = await self._records.get(CustomerProfile, customer)
        lanes = await self._all(Conversation, customer)
        memories = await self._all(Memory, customer)
        return {
            "customer": customer,
            "exported_at": _time(self._now()),
            "profile": await self._profile(profile) if profile else None,
            "conversations": [await self._conversation(lane) for lane in lanes],
            "memories": [{"at": _time(each.at), "text": each.text} for each in memories],
        }

    async def _profile(self, profile: CustomerProfile) -> dict[str, Any]:
        place = profile_place(profile.id)
        return {
            "since": _time(profile.at),
            "name": await self._opened(profile.id, profile.name, place),
            "addresses": {channel: await self._opened(profile.id, each, place) for channel, each in profile.addresses.items()},
        }

    async def _conversation(self, lane: Conversation) -> dict[str, Any]:
        try:
            values = await self._vault.originals(lane.id)
        except SealBroken:
            values = {}
        turns, effects = await self._all(Turn, lane.id), await self._all(Effect, lane.id)
        feedback = await self._all(Feedback, lane.id)
        waiting = (*(lane.active.members if lane.active else ()), *lane.queue, *lane.inbox)
        return {
            "id": lane.id,
            "at": _time(lane.at),
            "channel": lane.channel,
            "language": lane.language,
            "preferred_language": lane.preferred_language,
            "turns": _turns(turns, _Proposals(lane, turns, effects, self._now()), values),
            "waiting": [
                {"at": _time(item.at), "text": await self._opened(lane.customer, item.sealed, f"{lane.id}/{item.id}")}
                for item in waiting
                if item.kind == "message"
            ],
            "actions": [_action(effect, values) for effect in effects],
            "feedback": [
                {
                    "at": _time(each.at),
                    "turn": each.turn or None,
                    "rating": each.rating,
                    "comment": await self._opened(lane.customer, each.comment, f"{lane.id}/{each.id}"),
                }
                for each in feedback
            ],
        }

    async def _opened(self, customer: str, sealed: str | None, place: str) -> str | None:
        if not sealed:
            return None
        try:
            return await self._keys.open(customer, sealed, bound_to=place)
        except SealBroken:
            return None

    async def _all(self, of: type[D], group: str) -> list[D]:
        return (await self._records.find(of, group, limit=MOST))[::-1]


@dataclass(frozen=True, slots=True)
class _Proposals:
    """What became of the actions that were proposed in a conversation."""

    lane: Conversation
    turns: Sequence[Turn]
    effects: Sequence[Effect]
    now: float

    def state(self, action: str) -> str:
        """`offered`, `accepted` (under way), `declined`, `expired` (also: superseded, handed over), or how it ended: `done`,
        `failed`, `unknown`."""
        for effect in self.effects:
            if effect.id == action:
                return {"started": "accepted", "succeeded": "done"}.get(effect.state, effect.state)
        answer, pending = answer_to(self.lane, action), self.lane.pending
        if answer == "open":
            return "offered" if pending and pending.expires > self.now else "expired"
        if answer != "void":
            return answer
        answered = {id for turn in self.turns for id in turn.answers} | {id for done in self.lane.done for id in done.answers}
        return "declined" if result_id(action) in answered else "expired"  # a result without an effect: nothing was done


def _turns(turns: Sequence[Turn], proposals: _Proposals, values: Mapping[str, str]) -> list[dict[str, Any]]:
    """Both sides of each turn, oldest first; of the newest the lane knows best what was delivered."""
    lane, said = proposals.lane, dict[str, dict[str, Any]]()
    for turn in turns:
        entry: dict[str, Any] = {"id": turn.id, "at": _time(turn.at), "said": _clear(turn.said, values), "answer": ""}
        if turn.reply:
            entry |= _answer(turn.reply, proposals, values)
        elif turn.steps:
            entry["answer"] = _clear(turn.steps[-1].answer.get("content") or "", values)
        said[turn.id] = entry
    for done in lane.done:
        id = turn_id(lane.id, done.epoch) + (f":p{done.seq}" if done.outcome == "person" else "")
        entry = said.setdefault(id, {"id": id, "at": _time(done.at), "said": _clear(done.draft.said, values)})
        entry |= _answer(done.draft, proposals, values) | {"by": "person" if done.outcome == "person" else "assistant"}
    return sorted(said.values(), key=lambda entry: entry["at"])


def _answer(draft: Draft, proposals: _Proposals, values: Mapping[str, str]) -> dict[str, Any]:
    """What came back: words; and apart from them what was proposed, which nobody has done by proposing it."""
    if not (proposal := draft.proposal):
        return {"answer": _clear(words(draft.parts), values)}
    rest = [part for part in draft.parts if part.type != "confirmation_request"]
    proposed = {
        "title": _clear(proposal.title, values),
        "amount": str(proposal.amount) if proposal.amount else None,
        "state": proposals.state(proposal.action),
    }
    return {"answer": _clear(words(rest), values), "proposal": proposed}


def _action(effect: Effect, values: Mapping[str, str]) -> dict[str, Any]:
    proposal = effect.proposal
    return {
        "at": _time(effect.at),
        "title": _clear(proposal.title, values),
        "amount": str(proposal.amount) if proposal.amount else None,
        "state": effect.state,
        "told": _clear(effect.text, values),
    }


def _clear(text: str, values: Mapping[str, str]) -> str:
    return PLACEHOLDER.sub(lambda found: values.get(found[0], found[0]), text)


def _time(at: float) -> str:
    return datetime.fromtimestamp(at, UTC).isoformat()
