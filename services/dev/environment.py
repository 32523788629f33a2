"""The data folder of a development environment: its secrets, its addresses, its ports."""

import base64
import json
import os
import secrets
import socket
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shared.errors import ConfigurationError

ADDRESSES = "addresses.json"


@dataclass(frozen=True, slots=True)
class Secrets:
    """Made at the first start and kept, so that sessions and sealed texts outlive a restart."""

    seal_key: str
    session_key: str
    customer_jwt_key: str
    backend_key: str
    desk_key: str
    webhook_secret: str


def open_secrets(folder: Path) -> Secrets:
    """Read `secrets.json`, or make it, readable by its owner alone."""
    path = folder / "secrets.json"
    if not path.exists():
        made = Secrets(
            seal_key="dev:" + base64.b64encode(secrets.token_bytes(32)).decode(),
            session_key=secrets.token_urlsafe(48),
            customer_jwt_key=secrets.token_urlsafe(48),
            backend_key=secrets.token_urlsafe(24),
            desk_key=secrets.token_urlsafe(24),
            webhook_secret="whsec_" + base64.b64encode(secrets.token_bytes(24)).decode(),
        )
        draft = path.with_suffix(".new")
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w") as file:
            json.dump({name: getattr(made, name) for name in Secrets.__dataclass_fields__}, file)
        draft.replace(path)
    try:
        return Secrets(**json.loads(path.read_text()))
    except (TypeError, ValueError) as error:
        raise ConfigurationError(f"{path} is not ours or was damaged ({error}): remove the folder to start afresh") from None


def write_addresses(folder: Path, addresses: dict[str, Any]) -> None:
    """Replace `addresses.json` in one move: a reader sees the old one or the new one."""
    draft = folder / f"{ADDRESSES}.new"
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)  # it holds a session
    with os.fdopen(descriptor, "w") as file:
        json.dump(addresses, file, indent=2)
    draft.replace(folder / ADDRESSES)


def read_addresses(folder: Path) -> dict[str, Any]:
    """What runs here. Raises `ConfigurationError` that says what to start when nothing does."""
    path = folder / ADDRESSES
    try:
        addresses: dict[str, Any] = json.loads(path.read_text())
        os.kill(addresses["pids"]["dev"], 0)
    except (FileNotFoundError, ProcessLookupError, KeyError, ValueError):
        raise ConfigurationError(f"nothing runs in {folder}: start it with `make run` or `frontdesk dev`") from None
    except PermissionError:
        pass  # it runs, as another user
    return addresses


def free_port() -> int:
    """A port of loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
