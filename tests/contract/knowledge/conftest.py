"""One contract, every store of knowledge: a further implementation is one more entry of STORES."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from shared.stores.knowledge import Knowledge
from shared.stores.open import open_knowledge
from tests.contract.knowledge.texts import OpenKnowledge


async def open_fts5(folder: Path) -> Knowledge:
    return await open_knowledge(f"sqlite:///{folder}/knowledge.db")


STORES: dict[str, Callable[[Path], Awaitable[Knowledge]]] = {"fts5": open_fts5}


@pytest.fixture(params=STORES)
def open_store(request: pytest.FixtureRequest, tmp_path: Path) -> OpenKnowledge:
    @asynccontextmanager
    async def opened() -> AsyncIterator[Knowledge]:
        knowledge = await STORES[request.param](tmp_path)
        try:
            yield knowledge
        finally:
            await knowledge.close()

    return opened


@pytest.fixture
async def knowledge(open_store: OpenKnowledge) -> AsyncIterator[Knowledge]:
    async with open_store() as opened:
        yield opened
