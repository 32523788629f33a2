import pytest

from tests.e2e.environment import Talk, running


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """All six services in one process, shared by the tests of a module."""
    with running(tmp_path_factory.mktemp("desk")) as here:
        yield here


@pytest.fixture
async def talk(desk):
    async with desk.client() as client:
        yield Talk(client)
