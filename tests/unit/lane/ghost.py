"""What an onlooker knows who sees everything: what customers, persons and providers really experienced.

Nothing here reads how the lane decides. It sees documents before and after a write, calls that land, buttons that are
shown, and says what no run may ever show.
"""

from dataclasses import dataclass, field

from shared.lane.documents import Conversation, Done, Item


class Violation(AssertionError):
    """An invariant of `docs/protocol.md` does not hold. The first word names it."""


def standing(lane: Conversation) -> list[Item]:
    """The inputs that are kept, in the order in which they will be answered."""
    return [*(lane.active.members if lane.active else ()), *lane.queue, *lane.inbox]


@dataclass
class Ghost:
    order: list[str] = field(default_factory=list)  # inputs not yet ended, in order of acceptance
    ended: dict[str, str] = field(default_factory=dict)  # input: how
    landed: list[str] = field(default_factory=list)  # keys of what reached the customer, in this order
    shown: dict[str, dict[str, object]] = field(default_factory=dict)  # action: the parameters under its button
    current: tuple[str, float] | None = None  # the proposal that a press may rightly confirm, and until when
    rightful: set[str] = field(default_factory=set)  # actions confirmed rightly
    told: dict[str, str] = field(default_factory=dict)  # action: what its first press was told
    hits: dict[str, int] = field(default_factory=dict)  # executions at the provider
    outcomes: dict[str, str] = field(default_factory=dict)  # action: the status that the customer's result states

    requests: dict[str, str] = field(default_factory=dict)  # action: the call that was published
    drafts: dict[str, str] = field(default_factory=dict)  # turn: the draft that was published

    def requested(self, action: str, call: str) -> None:
        """The agent publishes a call: whatever is asked of the model again, it stays the same call."""
        if self.requests.setdefault(action, call) != call:
            raise Violation(f"STEP: {action} was {self.requests[action]}, now it is {call}")

    def drafted(self, turn: str, draft: str) -> None:
        """A draft of a turn's end is published: there is one."""
        if self.drafts.setdefault(turn, draft) != draft:
            raise Violation(f"STEP: {turn} was drafted as {self.drafts[turn]!r}, now as {draft!r}")

    def wrote(self, old: Conversation, new: Conversation, now: float) -> None:
        """A write of the conversation: nothing lost, nothing ended twice, owner and phase agree."""
        here = [item.id for item in standing(new)]
        if len(set(here)) != len(here):
            raise Violation(f"TWICE: kept in two places: {here}")
        self.order += [id for id in here if id not in self.order and id not in self.ended]
        for done in new.done:
            if done.seq > old.delivered:
                self._ended(done, new)
        if lost := [id for id in self.order if id not in here]:
            raise Violation(f"LOST: {lost} accepted, nowhere kept, not ended")
        if again := [id for id in here if id in self.ended]:
            raise Violation(f"TWICE: {again} had ended")
        if here != [id for id in self.order if id in here]:
            raise Violation(f"ORDER: accepted {self.order}, kept {here}")
        self._proposals(old, new, now)
        self._agrees(old, new)

    def _ended(self, done: Done, new: Conversation) -> None:
        for id in done.answers:
            if id in self.ended:
                raise Violation(f"TWICE: {id} had ended")
            self.ended[id] = done.outcome
            if id in self.order:
                self.order.remove(id)
        if done.outcome == "answered" and not set(done.answers) <= {*done.draft.said.split()}:
            raise Violation(f"LOST: {done.answers} ended by a reply that saw only {done.draft.said}")

    def _proposals(self, old: Conversation, new: Conversation, now: float) -> None:
        """Which button may rightly be pressed: the last one shown or about to be, until a press or a lease."""
        for action in new.confirmed.keys() - old.confirmed.keys():
            if self.current and self.current[0] == action and now < self.current[1] and old.owner == "bot" and not old.wanted:
                self.rightful.add(action)
        if old.pending and not new.pending:
            self.current = None
        drafts = [done.draft for done in new.done if done.seq > old.delivered]
        if new.active and new.active.claim and not (old.active and old.active.claim):
            drafts.append(new.active.claim.draft)
        for draft in drafts:
            if draft.proposal and draft.proposal.action not in self.told:
                self.current = (draft.proposal.action, now + 600)
        if new.owner == "person":
            self.current = None

    @staticmethod
    def _agrees(old: Conversation, new: Conversation) -> None:
        if new.owner == "person" and (new.active or new.queue or new.pending or new.wanted or not new.lease):
            raise Violation("LEASE: a person owns it, and yet the bot has something to do")
        if new.wanted and not (new.active and new.active.claim):
            raise Violation("BLOCKED: a person waits for a claim that nobody holds")
        if new.owner == "bot" and new.queue and not new.active:
            raise Violation("BLOCKED: inputs queue behind no turn, nothing will sweep them")
        if new.epoch not in (old.epoch, old.epoch + 1) or (new.active and new.active.epoch != new.epoch):
            raise Violation("EPOCH: a turn is an epoch, each one higher than the last")
        if (new.active or new.confirmed or new.owner == "person") and new.due is None:
            raise Violation("BLOCKED: something stands and is never due")

    def replied(self, lane: Conversation, epoch: int, key: str, keyed: bool) -> None:
        """A part of a reply (`key` is `<epoch>:<part>`) reaches the customer, at the channel or by being written."""
        if lane.owner == "person":
            raise Violation("LEASE: the bot sent a reply after the lease changed")
        if lane.active is None or lane.active.epoch != epoch:
            raise Violation("STALE: the bot sent a reply of a turn that is over")
        if keyed and key in self.landed:
            return
        if key in self.landed:
            raise Violation("TWICE: two replies for one turn")
        self.landed.append(key)
        members = [item.id for item in lane.active.members]
        if any(id in self.ended for id in members):
            raise Violation("TWICE: an input that had ended was answered")
        if before := [id for id in self.order[: self.order.index(members[-1])] if id not in members]:
            raise Violation(f"ORDER: {members} answered before {before}")

    def executed(self, action: str, arguments: dict[str, object], keyed: bool) -> None:
        """The provider carries an action out."""
        if action not in self.rightful or arguments != self.shown.get(action):
            raise Violation(f"CONFIRM: {action} without a valid confirmation of {arguments}")
        if keyed and self.hits.get(action):
            return
        self.hits[action] = self.hits.get(action, 0) + 1
        if self.hits[action] > 1:
            raise Violation(f"EFFECT: {action} happened twice")

    def result(self, action: str, status: str) -> None:
        """A result is accepted: it must be true, and stay what was told first."""
        happened = self.hits.get(action, 0) > 0
        if self.outcomes.setdefault(action, status) != status or (status == "succeeded") > happened:
            raise Violation(f"EFFECT: {action} told as {status}, and happened: {happened}")
        if status == "failed" and happened:
            raise Violation(f"EFFECT: {action} told as failed, and it happened")

    def pressed(self, action: str, accept: bool, state: str) -> None:
        """A button is pressed: pressed again, the same is told."""
        first = self.told.setdefault(action, f"{accept}:{state}") if state != "gone" else None
        if first and first != f"{accept}:{state}":
            raise Violation(f"CONFIRM: {action} was told {first}, now {accept}:{state}")
