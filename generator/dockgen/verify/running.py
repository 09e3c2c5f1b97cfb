"""Containers of the verified image: started hardened, asked over the network, watched while they end."""

from __future__ import annotations

import http.client
import socket
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dockgen.errors import EngineError
from dockgen.verify.engine.model import ContainerState, RunRequest
from dockgen.verify.safe_text import one_line

if TYPE_CHECKING:
    from dockgen.verify.session import Session

START_LIMIT = 40
"""Seconds that an application may take until it answers."""
WORKER_WATCH = 3
"""Seconds that a worker without a port must keep running to count as started."""
PAUSE = 0.15


@dataclass(frozen=True)
class Start:
    """How a start went: `error` is '' where the application answered; `answer` is what it said."""

    container: str
    error: str
    answer: str = ""
    seconds: float = 0.0
    output: tuple[str, ...] = ()


@dataclass(frozen=True)
class Variation:
    """How a container differs from the usual hardened one."""

    read_only: bool = True
    hardened: bool = True
    user: str = ""
    environment: Mapping[str, str] = field(default_factory=dict)
    quick_health: bool = False


def first_start(session: Session) -> Start:
    """Start the image as it will be run: read-only, no capabilities, limits, declared paths only."""
    return start(session, "hardened", Variation())


def start(session: Session, name: str, variation: Variation) -> Start:
    """Start a container and wait until it answers; a container that does not is a Start with an error."""
    session.say(f"starting a container ({name})")
    began = time.monotonic()
    try:
        container = session.engine.run(_request(session, name, variation))
    except EngineError as error:
        return Start("", one_line(error.message, 400))
    fault, answer = wait_until_up(session, container)
    output = tuple(session.engine.logs(container).splitlines()[-8:]) if fault else ()
    return Start(container, fault, answer, time.monotonic() - began, output)


def _request(session: Session, name: str, variation: Variation) -> RunRequest:
    contract = session.target.contract
    return RunRequest(
        image=session.images[0],
        session=session.id,
        name=f"dockgen-verify-{session.id}-{name}",
        read_only=variation.read_only,
        hardened=variation.hardened,
        user=variation.user,
        port=contract.port,
        tmpfs=tuple(w.path for w in contract.writable if w.kind == "tmpfs"),
        volumes=tuple(w.path for w in contract.writable if w.kind == "volume"),
        environment={**contract.environment, **variation.environment},
        command=contract.command,
        init=contract.init,
        quick_health=variation.quick_health,
    )


def wait_until_up(session: Session, container: str) -> tuple[str, str]:
    """Wait for the health route, the port, or a worker's first seconds; return (error, answer)."""
    contract = session.target.contract
    if contract.port is None or contract.worker:
        return _watch_worker(session, container)
    try:
        host, port = session.engine.address(container, contract.port)
    except EngineError as error:
        state = session.engine.state(container)
        return (_ended(state) or error.message), ""
    route, name = contract.health, contract.host
    return _patiently(
        session, container, lambda: ask_route(host, port, route, name) if route else ask_port(host, port)
    )


def _patiently(session: Session, container: str, ask: Callable[[], tuple[str, str]]) -> tuple[str, str]:
    deadline = time.monotonic() + START_LIMIT
    error, answer = "nothing was asked", ""
    while time.monotonic() < deadline:
        error, answer = ask()
        if not error:
            return "", answer
        ended = _ended(session.engine.state(container))
        if ended:
            return ended, ""
        time.sleep(PAUSE)
    return error, answer


def ask_route(host: str, port: int, route: str, name: str) -> tuple[str, str]:
    """Ask a route once, by a name that the application knows; return (error, status and body's start)."""
    connection = http.client.HTTPConnection(host, port, timeout=5)
    try:
        connection.request("GET", route, headers={"Host": name})
        response = connection.getresponse()
        body = response.read(65536).decode(errors="replace")
    except (OSError, http.client.HTTPException) as error:
        return f"GET {route} fails: {error or type(error).__name__}", ""
    finally:
        connection.close()
    answer = f"GET {route} → {response.status} {one_line(body, 100)}"
    return ("" if response.status < 400 else answer), answer


def ask_port(host: str, port: int) -> tuple[str, str]:
    """Connect once; an engine's proxy accepts for a closed port too, but then hangs up at once."""
    try:
        with socket.create_connection((host, port), timeout=5) as connection:
            connection.settimeout(0.5)
            data = connection.recv(1)
    except TimeoutError:
        return "", "the port accepts connections"
    except OSError as error:
        return f"the port does not answer: {error}", ""
    return ("", "the port answers") if data else ("the port hangs up", "")


def _watch_worker(session: Session, container: str) -> tuple[str, str]:
    deadline = time.monotonic() + WORKER_WATCH
    while time.monotonic() < deadline:
        ended = _ended(session.engine.state(container))
        if ended:
            return ended, ""
        time.sleep(0.5)
    return "", f"still running after {WORKER_WATCH} s"


def _ended(state: ContainerState) -> str:
    if state.running:
        return ""
    why = " (out of memory)" if state.oom_killed else ""
    return f"the container ended with exit code {state.exit_code}{why} {one_line(state.error)}".rstrip()


def wait_for_health(session: Session, container: str, limit: float) -> ContainerState:
    """Wait until HEALTHCHECK says healthy or unhealthy, or the container ends; return the last state."""
    deadline = time.monotonic() + limit
    state = session.engine.state(container)
    while time.monotonic() < deadline and state.running and state.health not in {"healthy", "unhealthy", ""}:
        time.sleep(PAUSE)
        session.engine.check_health(container)
        state = session.engine.state(container)
    return state
