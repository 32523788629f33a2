"""The data folder of a development environment: its secrets, its addresses, its ports."""

import base64
import fcntl
import json
import os
import secrets
import socket
from collections.abc import Iterator
from contextlib import contextmanager
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


@contextmanager
def occupied(folder: Path) -> Iterator[int]:
    """Hold `folder` for one environment: two brokers in one store would ruin it. Yields a descriptor for the children to
    inherit, so that it stays held while one of them outlives its supervisor.

    Raises `ConfigurationError` that names what runs here.
    """
    descriptor = os.open(folder / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            living = ", ".join(f"{name} {pid}" for name, pid in _living(folder).items()) or "unknown"
            raise ConfigurationError(
                f"{folder} is in use by a running environment (processes: {living}): end it, or choose another with --data"
            ) from None
        yield descriptor
    finally:
        os.close(descriptor)


def _living(folder: Path) -> dict[str, int]:
    """The processes of `addresses.json` that live."""
    try:
        pids: dict[str, int] = json.loads((folder / ADDRESSES).read_text())["pids"]
    except (FileNotFoundError, KeyError, ValueError):
        return {}
    return {name: pid for name, pid in pids.items() if _runs(pid)}


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True  # as another user
    return True


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
        if _runs(addresses["pids"]["dev"]):
            return addresses
    except (FileNotFoundError, KeyError, ValueError):
        pass
    raise ConfigurationError(f"nothing runs in {folder}: start it with `make run` or `frontdesk dev`")


def check_port(port: int) -> None:
    """Raises `ConfigurationError` when something listens on `port` of loopback: its health would pass for ours."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            reason = f"port {port} of 127.0.0.1 cannot be had ({error.strerror})"
            raise ConfigurationError(f"{reason}: choose another one with --port, or `make run PORT=…`") from None


def free_port() -> int:
    """A port of loopback that nothing listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
