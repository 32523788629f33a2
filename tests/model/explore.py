"""Breadth-first over all states of a scenario: safety at every step, and from every state a fair way to the goal."""

import sys
from array import array
from dataclasses import dataclass, field

from tests.model.world import S, World
from tests.unit.lane.ghost import Violation


@dataclass
class Explored:
    """`violation` is '' when all holds; `trace` is a shortest run to it. `complete`: the state space is closed."""

    states: int
    moves: int
    depth: int
    complete: bool
    violation: str = ""
    trace: list[str] = field(default_factory=list)


class Graph:
    """States in order of discovery, how each was first reached, and where fair steps lead."""

    def __init__(self, first: S) -> None:
        self.index, self.states = {first: 0}, [first]
        self.parent, self.via = array("i", [-1]), [""]
        self.starts, self.fair = array("q", [0]), array("i")

    def add(self, state: S, parent: int, label: str) -> int:
        number = self.index.setdefault(state, len(self.states))
        if number == len(self.states):
            self.states.append(state)
            self.parent.append(parent)
            self.via.append(sys.intern(label))
        return number

    def trace(self, number: int) -> list[str]:
        steps = []
        while number:
            steps.append(self.via[number])
            number = self.parent[number]
        return steps[::-1]

    def stuck(self, world: World) -> int:
        """A state from which no fair steps lead to the goal, or -1."""
        good, changed = bytearray(world.goal(state) for state in self.states), True
        while changed:
            changed = False
            for number in range(len(self.states) - 1, -1, -1):
                ways = self.fair[self.starts[number] : self.starts[number + 1]]
                if not good[number] and any(good[way] for way in ways):
                    good[number] = changed = True
        return good.find(0)


def explore(world: World, limit: int = 1_000_000) -> Explored:
    """Follow every move from every state, up to `limit` states."""
    graph, moves, number = Graph(world.first()), 0, 0
    while number < len(graph.states) <= limit:
        try:
            for label, fair, state, bad in world.moves(graph.states[number]):
                moves += 1
                if bad := bad or world.problem(state):
                    return _found(graph, moves, bad, [*graph.trace(number), label])
                reached = graph.add(state, number, label)
                if fair and reached != number:
                    graph.fair.append(reached)
        except Violation as bad:
            return _found(graph, moves, str(bad), graph.trace(number))
        graph.starts.append(len(graph.fair))
        number += 1
    complete = number == len(graph.states)
    if complete and (stuck := graph.stuck(world)) >= 0:
        return _found(graph, moves, "BLOCKED: no fair way to the goal from here", graph.trace(stuck))
    depth = len(graph.trace(len(graph.states) - 1))
    return Explored(len(graph.states), moves, depth, complete)


def _found(graph: Graph, moves: int, bad: str, trace: list[str]) -> Explored:
    return Explored(len(graph.states), moves, len(trace), complete=False, violation=bad, trace=trace)
