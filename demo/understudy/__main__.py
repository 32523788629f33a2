"""`python -m demo.understudy`: the stand-in model on loopback."""

import argparse
import os
from pathlib import Path

import uvicorn

from demo.understudy.app import Settings, create_app


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m demo.understudy", description="A deterministic stand-in for a model.")
    parser.add_argument("--port", type=int, default=8091)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--pace", type=float, default=0.008, help="seconds between two words")
    parser.add_argument("--name", action="append", default=[], help="another model name that it answers to")
    parser.add_argument("--record", type=Path, help="a file that every request is appended to")
    options = parser.parse_args()
    settings = Settings(options.pace, os.environ.get("UNDERSTUDY_API_KEY", ""), tuple(options.name), options.record)
    uvicorn.run(
        create_app(settings),
        host=options.host,
        port=options.port,
        log_level="warning",
        access_log=False,
        timeout_graceful_shutdown=2,
    )


if __name__ == "__main__":
    main()
