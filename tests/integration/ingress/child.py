"""Ingress as a process of its own: prints its address, serves until it is killed."""

import asyncio
import sys
from pathlib import Path

from services.http import Server
from services.ingress.app import open_stage
from services.ingress.settings import IngressSettings
from shared.messaging import BusSettings
from shared.platform import Platform
from shared.sealing import Keyring
from shared.stores.sqlite import SqliteRecords
from tests.integration.ingress.conftest import ASSISTANT, DEFAULTS, SEAL


async def serve(nats: str, records: str) -> None:
    platform = Platform(BusSettings(url=nats), SqliteRecords(Path(records)), ASSISTANT, Keyring({"k1": SEAL}))
    async with open_stage(IngressSettings(**DEFAULTS), platform) as stage:
        await stage.broker.start()
        async with Server(stage.http, "127.0.0.1", 0) as server:
            port = server.servers[0].sockets[0].getsockname()[1]
            print(f"http://127.0.0.1:{port}", flush=True)
            await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(serve(sys.argv[1], sys.argv[2]))
