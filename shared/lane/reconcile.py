"""What to do about a call whose outcome nobody knows. It depends on what the channel or system can promise."""

from typing import Literal

Guarantee = Literal["keys", "lookup", "neither"]
"""`lookup`: it can be asked whether a call happened. `keys`: the same call under the same key happens once."""

Remedy = Literal["wait", "ask", "again", "unknown"]


def remedy(until: float, guarantee: Guarantee, now: float, *, wanted: bool = False) -> Remedy:
    """What whoever finds a claim does about it. Each act after it compares the attempt that was read.

    * `wait`: until its deadline somebody may be in the call; an answer to a question asked now could be wrong later
    * `ask`: look it up. Found: settle. Not found: claim again and call, or, while a person waits, `unsent`
    * `again`: claim again and call, under the same key
    * `unknown`: settle as unknown, for a person to look. It is never tried again
    """
    if now <= until:
        return "wait"
    if guarantee == "lookup":
        return "ask"
    return "again" if guarantee == "keys" and not wanted else "unknown"
