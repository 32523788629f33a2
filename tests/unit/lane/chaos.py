"""Random runs of the whole lane: trouble of every kind for a while, then a fair run that must reach the goal.

python -m tests.unit.lane.chaos --seeds 20000 --first 1     more of them
python -m tests.unit.lane.chaos --seeds 1 --first 4711      one again, with its moves
"""

import argparse
import random
from collections.abc import Callable

from shared.lane.documents import REMEMBERED, Conversation
from tests.unit.lane.ghost import Violation
from tests.unit.lane.world import Message, World

Move = tuple[int, str, Callable[[], object]]  # weight, name, what it does

_TICKS = (0.5, 2.0, 4.0, 6.0, 16.0, 25.0, 130.0, 700.0)
_MOST_WORKERS = 5


class Chaos:
    """One run, all of it drawn from `seed`."""

    def __init__(self, seed: int) -> None:
        self.seed, self.draw, self.trace = seed, random.Random(seed), list[str]()
        draw = self.draw
        self.kinds = "".join(draw.sample("mlrbnfghzer", draw.randint(1, 3))) + draw.choice("mmrb")
        give_up = 120.0 if "z" in self.kinds or draw.random() < 0.5 else float("inf")
        channel = draw.choice(["keys", "lookup", "neither", "record"])
        parts = draw.choice([1, 1, 2, 3]) if channel != "record" else 1
        provider, target = draw.choice(["keys", "lookup", "neither"]), draw.choice(["", "payment 1"])
        self.world = World(channel=channel, provider=provider, parts=parts, target=target, give_up=give_up)
        self.said: list[str] = []
        self.spared = {name for name in ("take over", "wipe", "kill", "later", "again") if draw.random() < 0.4}

    def run(self, steps: int | None = None) -> World:
        """Raises Violation, its message naming the seed."""
        w = self.world
        try:
            for _ in range(steps or self.draw.randint(10, 200)):
                moves = [move for move in self.moves() if move[1] not in self.spared]
                _, name, act = self.draw.choices(moves, [move[0] for move in moves])[0]
                self.trace.append(f"{w.now:8.1f} {name}")
                act()
            self.trace.append("fair from here")
            w.finish()
            self.settled()
        except Violation as violation:
            raise Violation(f"{violation} (seed {self.seed})") from violation
        return w

    def settled(self) -> None:
        """What holds once all is done: every input ended, every confirmed action settled, documents small and readable."""
        w = self.world
        if missing := [id for id in self.said if id not in w.ghost.ended]:
            raise Violation(f"LOST: {missing} never ended")
        for action in w.ghost.rightful:
            if w.effects[action].state == "started" or f"{action}:result" not in w.ghost.ended:
                raise Violation(f"BLOCKED: {action} was confirmed and never settled")
        if len(w.lane.done) > REMEMBERED or Conversation.model_validate_json(w.lane.model_dump_json()) != w.lane:
            raise Violation("SIZE: the record keeps too much, or cannot be read again")

    def moves(self) -> list[Move]:
        w, draw = self.world, self.draw
        moves: list[Move] = [(2, "say", self.say), (4, "tick", lambda: w.tick(draw.choice(_TICKS))), (2, "sweep", w.sweep)]
        moves += [(2, "take over", lambda: w.take_over(draw.choice(["ann", "bob"]), draw.choice([5.0, 60.0, 600.0])))]
        if self.said:
            moves.append((1, "retry", lambda: w.say(draw.choice(self.said), publishes=draw.random() < 0.7)))
        if w.lane.owner == "person":
            moves += [(2, "answer", self.answer), (2, "give back", lambda: w.give_back(draw.choice(["ann", "bob"])))]
        if w.ghost.shown:
            moves.append((9 if w.lane.pending else 2, "press", self.press))
        if w.bus:
            moves.append((1, "wipe", self.wipe))
        if len(w.workers) < _MOST_WORKERS:
            fresh, old = ([m for m in w.bus if m.acked == acked] for acked in (False, True))
            moves += [(12, "deliver", lambda: self.start(fresh))] if fresh else []
            moves += [(3, "again", lambda: self.start(old))] if old else []
        if w.workers:
            moves += [(30, "step", lambda: w.step(draw.choice(w.workers))), (4, "kill", lambda: w.kill(draw.choice(w.workers)))]
            moves.append((6, "run", lambda: w.run(draw.choice(w.workers))))
        return moves

    def start(self, messages: list[Message]) -> None:
        message = self.draw.choice(messages)
        self.trace.append(f"{'':9}{message.event.message_id[:8]} {message.event.name} of {message.event.epoch}")
        self.world.start(message, self.draw.uniform(-2, 2))

    def say(self) -> None:
        id = f"{self.draw.choice(self.kinds)}{len(self.said) + 1}"
        self.said.append(id)
        self.trace.append(f"{'':9}{id} → {self.world.say(id, publishes=self.draw.random() < 0.8)}")

    def press(self) -> None:
        action, accept = self.draw.choice(list(self.world.ghost.shown)), self.draw.random() < 0.8
        state = self.world.press(action, accept, publishes=self.draw.random() < 0.7)
        self.trace.append(f"{'':9}{action} {accept} → {state}")

    def answer(self) -> None:
        inbox = [item.id for item in self.world.lane.inbox]
        read = None if self.draw.random() < 0.5 else {*inbox[: self.draw.randint(0, len(inbox))]}
        self.world.answer(self.draw.choice(["ann", "bob"]), read)

    def wipe(self) -> None:
        names = {message.event.name for message in self.world.bus}
        self.world.wipe(*([self.draw.choice(sorted(names))] if self.draw.random() < 0.7 else []))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seeds", type=int, default=5000)
    parser.add_argument("--first", type=int, default=1)
    options = parser.parse_args()
    for seed in range(options.first, options.first + options.seeds):
        chaos = Chaos(seed)
        try:
            chaos.run()
        except Violation as violation:
            print(*chaos.trace, violation, sep="\n")
            return 1
    print(f"{options.seeds} seeds hold")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
