"""The least that a durable `POST` can be: `python -m bench.ingress.bare RECORDS PORT`, raw ASGI and the store's write.

The write is the one that ingress makes: the same transition of the same document through the same port.
"""

import asyncio
import gc
import json
import socket
import sys
import time
from collections.abc import Mapping
from functools import partial
from typing import Any

import uvicorn
import uvloop

from bench.processes import say_ready
from shared.contracts import Customer
from shared.lane.admission import Admitted, admit
from shared.lane.documents import Conversation, Item
from shared.stores.sqlite import SqliteRecords


class Door:
    """`POST /v1/conversations/{customer}/messages` is answered 202 once the message is in the lane of that name."""

    def __init__(self, records: SqliteRecords) -> None:
        self._records = records

    async def __call__(self, scope: Mapping[str, Any], receive: Any, send: Any) -> None:
        message = await receive()
        body = message["body"]
        while message.get("more_body"):
            message = await receive()
            body += message["body"]
        conversation = scope["path"].split("/")[3]
        said, now = json.loads(body), time.time()
        customer = Customer(id=conversation, assurance="anonymous")
        item = Item(id=said["message_id"], at=now, customer=customer, sealed=said["text"])
        admitted = await self._records.change(Conversation, conversation, partial(_admitted, item=item, now=now))
        status = 202 if admitted and admitted.place == "activated" else 500
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-length", b"0")]})
        await send({"type": "http.response.body"})


def _admitted(lane: Conversation, item: Item, now: float) -> tuple[Conversation, Admitted]:
    return admit(lane, item, now)


async def run(records: str, port: int) -> None:
    """Serve until the process is ended."""
    config = uvicorn.Config(
        Door(SqliteRecords(records)), http="httptools", access_log=False, lifespan="off", timeout_keep_alive=3600
    )
    config.load()
    server = uvicorn.Server(config)
    server.lifespan = config.lifespan_class(config)
    await server.startup(sockets=[socket.create_server(("127.0.0.1", port))])
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 50, 1000)
    say_ready()
    await asyncio.Event().wait()


if __name__ == "__main__":
    uvloop.run(run(sys.argv[1], int(sys.argv[2])))
