"""What can happen next: every step of every stage, of customers and persons, of what breaks. Each is one transition.

The bus holds for each event `0` absent, `1` not acked, `2` acked, but perhaps delivered again: it may be handled any
number of times, late, in any order, by several workers at once. A worker may die or pause for ever between two steps.
"""

from collections.abc import Iterator
from typing import NamedTuple

from shared.contracts import EffectRequested, MessageReceived, NoticeDue
from shared.lane.documents import Conversation
from tests.model.lanes import LATE, NOW, UNTIL, Change, Lanes, action_of
from tests.unit.lane.world import Operations

EPOCH = "RQLDNT"  # events of the turn that runs: first, look-up asked, looked up, draft, notice of age, template due


class S(NamedTuple):
    lane: int
    step: tuple[str, str] | None = None  # the last stored step of the turn that runs: kind, what the model saw
    eff: str = ""  # effects ledger, per action: 0 none, 1 started, 2 succeeded, 3 unknown for good
    bus: str = ""
    we: tuple[
        str, ...
    ] = ()  # egress workers: C before the call, S after it, L looked up; 2 the claim is theirs, 1 replaced, 0 turn over; y/n
    wa: tuple[str, ...] = ()  # actions workers: the action before the same
    order: tuple[str, ...] = ()  # what really happened: open inputs in order of acceptance
    out: str = ""  # per input: ' ' not sent, '.' open, else how it ended: a answered, n notice, p person, u unknown
    landed: bool = False  # a reply of the turn that runs reached the customer
    shown: str = ""  # per action: its button reached the customer
    cur: str = ""  # the input whose proposal a press may rightly confirm
    ok: str = ""  # per action: confirmed rightly
    hits: str = ""  # per action: it was carried out


Move = tuple[str, bool, S, str]
"""What happens, whether fairness makes it happen, the state after it, the violation or ''."""


class World:
    """One scenario. `channel` and `provider` are guarantees; a `record` channel is read from the record."""

    def __init__(self, inputs: str, channel: str, provider: str = "lookup", workers: int = 2, ops: Operations | None = None):
        self.ops = ops or Operations()
        self.lanes = Lanes(self.ops)
        self.inputs, self.channel, self.provider = inputs.split(","), channel, provider
        self.asked = [i for i in self.inputs if i[0] == "r"]
        self.items = [*self.inputs, *(f"{action_of(r)}:result" for r in self.asked)]
        self.at = {n: i for i, n in enumerate([*EPOCH, *(k + r for r in self.asked for k in "XC")])}
        every = {*self.at.values()}
        self.streams = {"IN": {0}, "LOOKUP": {1, 2}, "OUT": {3, 4, 5}, "ACT": every - {0, 1, 2, 3, 4, 5}, "all": every}
        self.workers = workers

    def first(self) -> S:
        none, idle = "0" * len(self.asked), ("",) * self.workers
        bus, out = "0" * len(self.at), " " * len(self.items)
        return S(self.lanes.first, eff=none, bus=bus, we=idle, wa=idle, out=out, shown=none, ok=none, hits=none)

    def doc(self, s: S) -> Conversation:
        return self.lanes.documents[s.lane]

    def members(self, s: S) -> tuple[str, ...]:
        active = self.doc(s).active
        return tuple(item.id for item in active.members) if active else ()

    def sending(self, s: S) -> bool:
        active = self.doc(s).active
        return bool(active and active.claim)

    def put(self, s: S, event: str, value: str) -> S:
        i = self.at[event]
        return s._replace(bus=s.bus[:i] + value + s.bus[i + 1 :])

    def flag(self, s: S, field: str, asked: str, value: str) -> S:
        i, old = self.asked.index(asked), getattr(s, field)
        return s._replace(**{field: old[:i] + value + old[i + 1 :]})

    def get(self, s: S, field: str, asked: str) -> str:
        return str(getattr(s, field)[self.asked.index(asked)])

    @staticmethod
    def swap(s: S, field: str, old: str, new: str) -> S:
        ws = list(getattr(s, field))
        ws.remove(old)
        now = tuple(sorted([*ws, new]))
        return s._replace(we=now) if field == "we" else s._replace(wa=now)

    def wrote(self, s: S, change: Change) -> tuple[S, str]:
        """The world after a write, as the onlooker sees it, and what is wrong with it."""
        s, bad = s._replace(lane=change.lane), ""
        out, order = list(s.out), list(s.order)
        for id in change.accepted:
            if out[self.items.index(id)] != " ":
                bad = bad or f"TWICE: {id} had ended, and is accepted again"
            out[self.items.index(id)] = "."
            order.append(id)
        for ended in change.ended:
            for id in ended.answers:
                if out[self.items.index(id)] != ".":
                    bad = bad or f"TWICE: {id} had ended"
                out[self.items.index(id)] = ended.outcome[0]
                order.remove(id)
            if ended.outcome == "answered" and not {*ended.answers} <= {*ended.saw.split()}:
                bad = bad or f"LOST: {ended.answers} ended by a reply that saw {ended.saw}"
        s = s._replace(out="".join(out), order=tuple(order))
        if change.over or change.begun:
            we = tuple(sorted(w[0] + "0" if w[:1] == "C" else "" for w in s.we))
            s = s._replace(bus="0" * len(EPOCH) + s.bus[len(EPOCH) :], step=None, landed=False, we=we)
        for action in change.confirmed:
            asked = next(r for r in self.asked if action_of(r) == action)
            s = self.flag(s, "ok", asked, "1" if s.cur == asked else "0")._replace(cur="")
        return (s._replace(cur="") if change.granted else s), bad

    def published(self, s: S, change: Change, label: str, fair: bool, bad: str) -> Iterator[Move]:
        """The first event of the turn that a write activated is published, or whoever wrote it died before."""
        if change.begun:
            yield f"{label}; died before publishing", False, s, bad
            s, label = self.put(s, "R" if change.begun == "message" else "T", "1"), f"{label}; published"
        yield label, fair, s, bad

    def write(self, s: S, change: Change, label: str, fair: bool, bad: str = "") -> Iterator[Move]:
        s, wrong = self.wrote(s, change)
        yield from self.published(s, change, f"{label} → {change.state}", fair, bad or wrong)

    # moves

    def moves(self, s: S) -> Iterator[Move]:
        from tests.model.stages import acting, agent, egress

        for part in (self.customers, self.persons, self.trouble, self.sweeper):
            yield from part(s)
        for stage in (agent, egress, acting):
            yield from stage(self, s)

    def customers(self, s: S) -> Iterator[Move]:
        for n, id in enumerate(self.inputs):
            if n and self.inputs[n - 1][0] == id[0] and s.out[n - 1] == " ":
                continue  # inputs of a kind are interchangeable
            change = self.lanes.do(s.lane, "admit", id)
            if change.written:
                yield from self.write(s, change, f"input {id}", False)
        expired = self.lanes.do(s.lane, "expire")
        if expired.written:
            yield "the proposal expires", False, s._replace(lane=expired.lane, cur=""), ""
        for r in self.asked:
            for accept in (True, False) if self.get(s, "shown", r) == "1" else ():
                change = self.lanes.do(s.lane, "press", r, accept)
                if change.written and accept:
                    t, bad = self.wrote(s, change)
                    yield f"press of {r}; died before publishing", False, t, bad
                    yield f"press of {r}; published", False, self.put(t, "X" + r, "1"), bad
                elif change.written:
                    yield from self.write(s._replace(cur=""), change, f"decline of {r}", False)

    def persons(self, s: S) -> Iterator[Move]:
        change = self.lanes.do(s.lane, "take_over")
        if change.written:
            yield from self.write(s, change, "person takes over", False)
        for count in range(1, len(self.doc(s).inbox) + 1):
            change = self.lanes.do(s.lane, "answer", count)
            if change.written:
                yield from self.write(s, change, f"person answers the first {count}", False)
        change = self.lanes.do(s.lane, "give_back")
        if change.written:
            yield from self.write(s, change, "the lease ends", True)

    def trouble(self, s: S) -> Iterator[Move]:
        for name, places in self.streams.items():
            if any(s.bus[i] != "0" for i in places):
                lost = "".join("0" if i in places else c for i, c in enumerate(s.bus))
                yield f"stream {name} wiped", False, s._replace(bus=lost), ""
        for field in ("we", "wa"):
            for w in {*getattr(s, field)} - {""}:
                yield f"worker {w} dies", False, self.swap(s, field, w, ""), ""

    def sweeper(self, s: S) -> Iterator[Move]:
        """At any time; age only decides how often. A notice is forced only where nothing else would end the turn."""
        poison = any(id[0] == "z" for id in self.members(s))
        for old in (False, True):
            for event in self.lanes.swept(s.lane, old=old):
                name, fair = "", True
                if isinstance(event, MessageReceived):
                    name = "R"
                elif isinstance(event, NoticeDue):
                    name, fair = ("N", poison) if event.reason == "expired" else ("T", True)
                elif isinstance(event, EffectRequested):
                    name = "X" + next(r for r in self.asked if action_of(r) == event.action)
                here = s.bus[self.at[name]]
                if here == "0" or (here == "2" and event.attempt):
                    yield f"sweeper publishes {name}", fair, self.put(s, name, "1"), ""

    def late(self, s: S, holder: str) -> float:
        """A claim has run out once nobody stands between its claim and its call: the holder's own clock sees to that."""
        field = s.we if holder == "C2" else s.wa
        return NOW if holder in field and not self.ops.may_call(UNTIL, LATE) else LATE

    # what must hold

    def problem(self, s: S) -> str:
        here = self.lanes.standing[s.lane]
        if lost := [id for id in s.order if id not in here]:
            return f"LOST: {lost} accepted, nowhere kept, not ended"
        if here != s.order:
            return f"ORDER: accepted {s.order}, kept {here}"
        doc = self.doc(s)
        if doc.owner == "person" and (doc.active or doc.queue or doc.pending or doc.wanted):
            return "LEASE: a person owns it, and yet the bot has something to do"
        if (doc.wanted and not self.sending(s)) or (doc.owner == "bot" and doc.queue and not doc.active):
            return "BLOCKED: something waits for nothing"
        return ""

    def goal(self, s: S) -> bool:
        doc = self.doc(s)
        return not (doc.active or doc.queue or doc.confirmed or doc.wanted) and "." not in s.out
