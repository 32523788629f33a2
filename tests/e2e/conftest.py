import uuid

import pytest

from tests.e2e.environment import Talk, running


def pytest_generate_tests(metafunc):
    """A module that says `STORES` runs its tests with each of them."""
    if "records" in metafunc.fixturenames:
        stores = getattr(metafunc.module, "STORES", ("sqlite",))
        metafunc.parametrize("records", stores, indirect=True, scope="module")


@pytest.fixture(scope="module")
def records(request):
    """What `frontdesk dev` is told about its records: nothing, or a database of this module's own."""
    if request.param == "sqlite":
        return ()
    return "--records", f"{request.getfixturevalue('mongo_url')}/e2e_{uuid.uuid4().hex[:8]}"


@pytest.fixture(scope="module")
def desk(tmp_path_factory, records):
    """All six services in one process, shared by the tests of a module."""
    with running(tmp_path_factory.mktemp("desk"), *records) as here:
        yield here


@pytest.fixture
async def talk(desk):
    async with desk.client() as client:
        yield Talk(client)
