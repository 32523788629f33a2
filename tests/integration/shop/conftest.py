import base64
from pathlib import Path

import httpx2
import pytest

from demo.shop.app import Settings, create_app

SECRET = "whsec_" + base64.b64encode(b"a secret of the shop's tests, 32").decode()


@pytest.fixture
def file(tmp_path) -> Path:
    return tmp_path / "shop.db"


@pytest.fixture
async def shop(file):
    """A client of a shop of this test's own; nobody listens for its events."""
    app = create_app(Settings(file, "nats://127.0.0.1:1", webhook_secret=SECRET))
    async with app.router.lifespan_context(app), client_of(app) as client:
        yield client


def client_of(app, **headers) -> httpx2.AsyncClient:
    return httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://shop", headers=headers)
