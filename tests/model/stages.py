"""The stages' steps. A claim expires when no live worker stands between it and its call; a crash is a worker that ends."""

from collections.abc import Iterator
from typing import Literal

from shared.lane.documents import Effect
from tests.model.lanes import CURRENT, LATE, NOW, OLD, UNTIL, action_of, proposal
from tests.model.world import Move, S, World


def agent(w: World, s: S) -> Iterator[Move]:
    """Safety and context hold no record: they are part of the hop R. A step is stored, then published."""
    members = w.members(s)
    if not members or members[0][0] not in "mlrh" or any(id[0] == "z" for id in members):
        return
    kinds, saw = {id[0] for id in members}, " ".join(members)
    final = ("handoff" if "h" in kinds else "confirm" if "r" in kinds else "reply", saw)
    r, q, done = (s.bus[w.at[event]] for event in "RQL")
    if r != "0":
        step = s.step or (("look", saw) if "l" in kinds else final)
        t = s._replace(step=step)
        if not s.step:
            yield "agent stores its step, dies", r == "1", t, ""
        t = w.put(w.put(t, "Q" if step[0] == "look" else "D", "1"), "R", "2")
        yield f"agent publishes {step[0]}", r == "1", t, ""
    if q != "0":
        yield "actions looks something up", q == "1", w.put(w.put(s, "L", "1"), "Q", "2"), ""
    if done != "0" and s.step:
        t = s._replace(step=final)
        yield "agent resumes, publishes", done == "1", w.put(w.put(t, "D", "1"), "L", "2"), ""


def egress(w: World, s: S) -> Iterator[Move]:
    for event in "DNT":
        fair = s.bus[w.at[event]] == "1"
        if s.bus[w.at[event]] == "0" or "" not in s.we or not w.members(s):
            continue
        if event == "D" and not s.step:
            continue
        kind, saw = s.step if event == "D" and s.step else ("notice", " ".join(w.members(s)))
        if w.channel == "record":
            yield from written(w, s, kind, saw, fair)
            continue
        claimed = w.lanes.do(s.lane, "claim", kind, saw)
        if claimed.written:
            t, bad = w.wrote(s, claimed)
            t = w.swap(t._replace(cur=asked(saw) if kind == "confirm" else t.cur), "we", "", "C2")
            yield f"egress claims for {event}", fair, t, bad
        elif claimed.state in ("theirs", "mine"):
            yield from reconcile(w, s, fair)
    for worker in {*s.we} - {""}:
        yield from working(w, s, worker)


def asked(saw: str) -> str:
    return next(id for id in saw.split() if id[0] == "r")


def written(w: World, s: S, kind: str, saw: str, fair: bool) -> Iterator[Move]:
    """The record is the delivery: claimed, sent and settled by one write."""
    change = w.lanes.do(s.lane, "deliver", kind, saw)
    if change.written:
        t, bad = send(w, s, "2", kind, saw)
        t = t._replace(cur=asked(saw) if kind == "confirm" else t.cur)
        yield from w.write(t, change, f"egress writes {kind}", fair, bad)


def send(w: World, s: S, digit: str, kind: str, saw: str) -> tuple[S, str]:
    """A reply reaches the customer: what may never be."""
    doc, members = w.doc(s), w.members(s)
    if doc.owner == "person":
        return s, "LEASE: the bot sent a reply after the lease changed"
    if digit == "0" or not members:
        return s, "STALE: the bot sent a reply of a turn that is over"
    if s.landed:
        return s, "" if w.channel == "keys" else "TWICE: two replies for one turn"
    if any(id not in s.order for id in members):
        return s, "TWICE: an input that had ended was answered"
    before = [id for id in s.order[: s.order.index(members[-1])] if id not in members]
    s = s._replace(landed=True)
    if kind == "confirm":
        s = w.flag(s, "shown", asked(saw), "1")
    return s, f"ORDER: answered before {before}" if before else ""


def working(w: World, s: S, worker: str) -> Iterator[Move]:
    """The holder of a claim, or who has looked one up: `1` and `0` hold what has been replaced."""
    idle, attempt = w.swap(s, "we", worker, ""), CURRENT if worker[1] == "2" else OLD
    claim = (active := w.doc(s).active) and active.claim
    if worker[0] == "C":
        kind, saw = (claim.draft.kind, claim.draft.said) if claim else ("", "")
        t, bad = send(w, s, worker[1], kind, saw)
        yield f"egress {worker} calls", True, w.swap(t, "we", worker, "S" + worker[1]), bad
        return
    if worker[2:] == "n" and w.doc(s).wanted:
        change = w.lanes.do(s.lane, "unsent", attempt)
    elif worker[2:] == "n":
        yield from again(w, idle, attempt, LATE, True)
        return
    else:
        notice = claim and claim.draft.kind == "notice"
        change = w.lanes.do(s.lane, "settle", attempt, "notice" if notice else "answered")
    if change.written:
        yield from w.write(idle, change, f"egress settles {worker}", True)
    else:
        yield f"egress {worker} finds its claim replaced", True, idle, ""


def again(w: World, s: S, attempt: str, now: float, fair: bool) -> Iterator[Move]:
    """Claim again: every older holder is out."""
    change = w.lanes.do(s.lane, "reclaim", attempt, now)
    if change.state == "mine":
        older = tuple(sorted(o[0] + "1" + o[2:] if o[1:2] == "2" else o for o in s.we))
        yield "egress claims again", fair, w.swap(s._replace(we=older, lane=change.lane), "we", "", "C2"), ""
    else:
        yield f"egress cannot claim again: {change.state}", fair, s, ""


def reconcile(w: World, s: S, fair: bool) -> Iterator[Move]:
    now = w.late(s, "C2")
    act = w.ops.remedy(UNTIL, w.channel, now, wanted=w.doc(s).wanted is not None)
    if act == "ask":
        found = "ny"[s.landed]
        yield f"egress looks up: {found}", fair, w.swap(s, "we", "", "L2" + found), ""
    elif act == "again":
        yield from again(w, s, CURRENT, now, fair)
    elif act == "unknown":
        yield from w.write(s, w.lanes.do(s.lane, "settle", CURRENT, "unknown"), "unknown, for a person to look", fair)


def effect(r: str, state: str) -> Effect:
    names: dict[str, Literal["started", "succeeded", "unknown"]] = {"1": "started", "2": "succeeded", "3": "unknown"}
    return Effect(
        id=action_of(r), at=NOW, conversation="conv", proposal=proposal(r), state=names[state], attempt=CURRENT, until=UNTIL
    )


def acting(w: World, s: S) -> Iterator[Move]:
    """Sensitive actions, and egress admitting their results."""
    for r in w.asked:
        x, c, state = s.bus[w.at["X" + r]], s.bus[w.at["C" + r]], w.get(s, "eff", r)
        if x != "0" and "" in s.wa:
            fair = x == "1"
            if state == "0" and w.ops.allowed(w.doc(s), action_of(r)):
                yield f"actions reads that {r} is confirmed", fair, w.swap(s, "wa", "", r + "K2"), ""
            elif state == "0":
                yield f"actions drops {r}: not confirmed", fair, w.put(s, "X" + r, "2"), ""
            elif state == "1":
                yield from reconcile_effect(w, s, r, fair)
            else:
                yield f"actions publishes the result of {r}", fair, w.put(w.put(s, "C" + r, "1"), "X" + r, "2"), ""
        if c != "0":
            t, change = w.put(s, "C" + r, "2"), w.lanes.do(s.lane, "result", r, w.channel == "record")
            if change.written:
                yield from w.write(t, change, f"result of {r}", c == "1")
            elif c == "1":
                yield f"result of {r} was admitted before", True, t, ""
    for worker in {*s.wa} - {""}:
        yield from carrying_out(w, s, worker)


def carrying_out(w: World, s: S, worker: str) -> Iterator[Move]:
    r, pc, attempt = worker[:2], worker[2], CURRENT if worker[3] == "2" else OLD
    idle, state = w.swap(s, "wa", worker, ""), w.get(s, "eff", r)
    if pc == "K":
        free = state == "0" or not w.ops.inserts
        t = w.swap(w.flag(s, "eff", r, "1"), "wa", worker, r + "C2") if free else idle
        yield f"actions inserts {r}", True, t, ""
    elif pc == "C":
        t, bad = execute(w, s, r)
        yield f"actions {worker} calls the provider", True, w.swap(t, "wa", worker, r + "S" + worker[3]), bad
    elif worker[4:] == "n":
        got = w.ops.reclaim_effect(effect(r, state), attempt, new_attempt="new", now=LATE)[1]
        yield f"actions claims {r} again: {got}", True, claimed_again(w, idle, r) if got else idle, ""
    else:
        written = w.ops.record(effect(r, state), attempt, "succeeded", text="")[1]
        t = w.flag(idle, "eff", r, "2") if written else idle
        yield f"actions records {r}; died before publishing", False, t, ""
        yield f"actions records {r}: {written}", True, w.put(t, "C" + r, "1") if written else t, ""


def claimed_again(w: World, s: S, r: str) -> S:
    older = tuple(sorted(o[:3] + "1" + o[4:] if o[:2] == r and o[3] == "2" else o for o in s.wa))
    return w.swap(s._replace(wa=older), "wa", "", r + "C2")


def execute(w: World, s: S, r: str) -> tuple[S, str]:
    if w.get(s, "ok", r) == "0":
        return s, "CONFIRM: an effect without a valid confirmation"
    twice = w.get(s, "hits", r) == "1" and w.provider != "keys"
    return w.flag(s, "hits", r, "1"), "EFFECT: it happened twice" if twice else ""


def reconcile_effect(w: World, s: S, r: str, fair: bool) -> Iterator[Move]:
    act = w.ops.overdue(effect(r, "1"), w.provider, w.late(s, r + "C2"))
    if act == "ask":
        found = "ny"[w.get(s, "hits", r) == "1"]
        yield f"actions looks {r} up: {found}", fair, w.swap(s, "wa", "", r + "L2" + found), ""
    elif act == "again":
        yield f"actions claims {r} again, same key", fair, claimed_again(w, s, r), ""
    elif act == "unknown":
        yield f"{r} unknown for good", fair, w.put(w.flag(s, "eff", r, "3"), "C" + r, "1"), ""
