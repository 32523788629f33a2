"""The order of measurements, the load's envelope and its reader, CPU clocks, and what is said of a wrong name."""

import os
import subprocess
import sys
import time
from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.benchmark import interleaved
from bench.chain.hops import EVENTS, HOPS, handler, template
from bench.processes import cpu_seconds
from bench.run import run, table
from bench.statistics import Figure, Sample, Spread
from bench.turns.benchmark import figures as turns_figures
from bench.turns.client import Frames
from shared.errors import ConfigurationError
from shared.messaging import signature


async def test_every_cell_is_measured_once_a_round_in_changing_order() -> None:
    said: list[str] = []

    async def cell() -> Sample:
        return {"cpu": 1.0}

    rounds = await interleaved(dict.fromkeys("abcd", cell), 12, said.append)
    assert all(set(each) == set("abcd") for each in rounds)
    assert len(rounds) == 12
    order = [each.rsplit(" ", 1)[1] for each in said]
    orders = Counter("".join(order[place : place + 4]) for place in range(0, 48, 4))
    assert all(sorted(each) == list("abcd") for each in orders)
    assert len(orders) > 4


async def test_each_hop_takes_an_event_and_returns_the_next_with_all_that_it_held() -> None:
    body = template()("00000000-0000-4000-8000-000000000123", "bench-slot-0042")
    event = EVENTS[0].model_validate_json(body)
    assert (event.id[-3:], event.conversation) == ("123", "bench-slot-0042")
    assert 1800 < len(body) < 2400
    for number in range(HOPS):
        hop = handler(number)
        assert signature(hop) == (EVENTS[number], (EVENTS[number + 1],))
        following = await hop(None, event)
        assert type(following) is EVENTS[number + 1]
        assert following.model_dump(exclude={"id"}) == event.model_dump(exclude={"id"})  # type: ignore[union-attr]


@given(st.lists(st.integers(0, 200), max_size=10))
def test_events_are_read_wherever_their_bytes_are_cut(cuts: list[int]) -> None:
    stream = b'retry: 1000\n\n: keep-alive\n\nevent: delta\ndata: {"text":"a: b"}\n\nid: 7\nevent: reply\ndata: {}\n\n'
    heard: list[tuple[bytes, bytes]] = []
    frames = Frames(lambda event, data: heard.append((event, data)))
    places = sorted({0, len(stream), *(cut % len(stream) for cut in cuts)})
    for begin, end in pairwise(places):
        frames.feed(stream[begin:end])
    assert heard == [(b"delta", b'{"text":"a: b"}'), (b"reply", b"{}")]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="CPU clocks of processes are Linux's")
def test_the_cpu_time_of_a_process_is_read_while_it_runs() -> None:
    assert cpu_seconds([os.getpid()]) == pytest.approx(time.process_time(), abs=0.05)
    code = "import sys\nfor _ in range(10**6): pass\nprint(flush=True)\nsys.stdin.read()"
    with subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as child:
        assert child.stdout
        child.stdout.readline()
        assert 0.005 < cpu_seconds([child.pid]) < 5.0
        child.kill()


def test_a_benchmark_that_does_not_exist_is_named_with_those_that_do() -> None:
    with pytest.raises(ConfigurationError, match=r"no benchmark trian: choose of chain, turns"):
        run(["trian"])


def test_the_table_tells_goals_and_standing() -> None:
    from rich.console import Console

    console = Console(width=120, record=True, file=open(os.devnull, "w"))  # noqa: SIM115
    console.print(table([Figure("chain.cpu", "CPU of a turn", "×", Spread(1.54, 1.5, 1.6), "lower", 2.0, 1.5)], 5))
    console.file.close()
    text = console.export_text()
    for piece in ("chain.cpu", "CPU of a turn", "1.54 ×", "1.5 – 1.6", "≤ 2", "≤ 1.5", "✓"):
        assert piece in text


def test_what_is_added_to_a_turn_is_told_beside_what_the_raw_pipeline_adds() -> None:
    own = {"rate": 200.0, "cpu": 0.008, "events": 4.0, "first": 0.030, "second": 0.035, "p50": 0.130, "p99": 0.150}
    rounds = [
        {
            "frontdesk": own,
            "langgraph": own | {"rate": 100.0, "cpu": 0.016},
            "raw": own | {"first": 0.025, "p50": 0.120},
            "direct": own | {"first": 0.020, "second": 0.024, "p50": 0.110},
        }
    ]
    told = {figure.name: figure.spread.value for figure in turns_figures(rounds)}
    assert told["turns.by_langgraph"] == pytest.approx(2.0)
    assert told["turns.cpu_by_langgraph"] == pytest.approx(0.5)
    assert told["turns.first_token_by_raw"] == pytest.approx(2.0)
    assert told["turns.first_word_by_raw"] == pytest.approx(1.2)
    assert told["turns.added_first_word"] == pytest.approx(6.0)
    assert told["turns.p50_by_raw"] == pytest.approx(2.0)
    assert told["turns.added_p99"] == pytest.approx(40.0)
