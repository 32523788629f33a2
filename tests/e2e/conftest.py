import pytest

from tests.e2e.environment import Talk, records_option, running


@pytest.fixture(scope="module")
def records(request):
    """SQLite, unless a module is `ON_BOTH_STORES`."""
    return records_option(getattr(request, "param", "sqlite"), request)


@pytest.fixture(scope="module")
def desk(tmp_path_factory, records):
    """All six services in one process, shared by the tests of a module."""
    with running(tmp_path_factory.mktemp("desk"), *records) as here:
        yield here


@pytest.fixture
async def talk(desk):
    async with desk.client() as client:
        yield Talk(client)
