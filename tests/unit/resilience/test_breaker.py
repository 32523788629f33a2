"""The breaker as a state machine: any calls that overlap, end in any order, and in any way."""

import asyncio
from contextlib import AbstractContextManager

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from shared.resilience.breaker import Breaker, BreakerOpen

FAILURES, PAUSE = 3, 10.0


class Failure(Exception):
    """The dependency did not answer."""


class Refusal(Exception):
    """The dependency said no."""


class Calls(RuleBasedStateMachine):
    """What must hold is told by the history alone: which calls began when, and how those that count have ended."""

    running = Bundle("running")

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.breaker = Breaker(failures=FAILURES, pause=PAUSE, clock=lambda: self.now)
        self.era = 0  # which opening or closing a call began after
        self.open_since: float | None = None
        self.in_a_row = 0
        self.probes = set[int]()
        self.count = 0

    @rule(target=running)
    def begin(self) -> tuple[int, int, AbstractContextManager[None]] | None:
        call = self.breaker.call(Failure)
        may = self.open_since is None or (self.now >= self.open_since + PAUSE and not self.probes)
        try:
            call.__enter__()
        except BreakerOpen:
            assert not may, "refused although it was closed, or the pause over and nobody trying"
            return None
        assert may, "let through although it was open, or a second one beside the probe"
        self.count += 1
        if self.open_since is not None:
            self.probes.add(self.count)
        return self.count, self.era, call

    @rule(
        begun=consumes(running),
        end=st.sampled_from([None, Failure(), Refusal(), asyncio.CancelledError(), GeneratorExit()]),
    )
    def end(self, begun: tuple[int, int, AbstractContextManager[None]] | None, end: BaseException | None) -> None:
        if begun is None:
            return
        number, era, call = begun
        assert not call.__exit__(type(end) if end else None, end, None), "an exception was swallowed"
        self.probes.discard(number)
        if era != self.era:
            return  # it began before the breaker turned: it has no say
        if isinstance(end, Failure):
            self.in_a_row += 1
            if self.open_since is not None or self.in_a_row == FAILURES:
                self.open_since, self.era = self.now, self.era + 1
        elif end is None or isinstance(end, Refusal):
            self.in_a_row = 0
            if self.open_since is not None:
                self.open_since, self.era = None, self.era + 1

    @rule(seconds=st.sampled_from([0.5, 4.0, PAUSE]))
    def wait(self, seconds: float) -> None:
        self.now += seconds

    @invariant()
    def says_what_it_does(self) -> None:
        assert bool(self.breaker.problem) == (self.open_since is not None)
        due = 0.0 if self.open_since is None else max(0.0, self.open_since + PAUSE - self.now)
        assert self.breaker.wait == pytest.approx(due)
        assert len(self.probes) <= 1


TestCalls = Calls.TestCase
TestCalls.settings = settings(max_examples=150, stateful_step_count=40, deadline=None)


def test_what_was_under_way_when_it_opened_neither_prolongs_the_pause_nor_makes_room_for_a_second_probe() -> None:
    now = [0.0]
    breaker = Breaker(failures=1, pause=10.0, clock=lambda: now[0])
    late, later, first = (breaker.call(Failure) for _ in range(3))
    for call in (late, later, first):
        call.__enter__()
    first.__exit__(Failure, Failure(), None)
    now[0] = 9.0
    late.__exit__(Failure, Failure(), None)
    assert breaker.wait == 1.0
    now[0] = 10.0
    with breaker.call(Failure):
        later.__exit__(asyncio.CancelledError, asyncio.CancelledError(), None)
        with pytest.raises(BreakerOpen), breaker.call(Failure):
            raise AssertionError("a second probe")
    assert not breaker.problem
