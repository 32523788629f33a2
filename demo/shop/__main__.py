"""`python -m demo.shop`: the demo shop on loopback."""

import argparse
from pathlib import Path

import uvicorn

from demo.shop.app import Settings, create_app


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m demo.shop", description="A small shop for Frontdesk to answer for.")
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--data", type=Path, default=Path("shop.db"), help="its SQLite file")
    parser.add_argument("--nats-url", default="nats://127.0.0.1:4222")
    options = parser.parse_args()
    app = create_app(Settings.read(options.data, options.nats_url))
    uvicorn.run(app, host=options.host, port=options.port, log_level="warning", access_log=False, timeout_graceful_shutdown=2)


if __name__ == "__main__":
    main()
