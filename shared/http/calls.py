"""What may look on while another system is called."""

from collections.abc import Awaitable, Callable, Mapping

CallHooks = Mapping[str, list[Callable[..., Awaitable[None]]]]
"""Called by httpx2 with each request and each response: its `event_hooks`."""


def no_hooks(_system: str) -> CallHooks:
    return {}
