"""Processes of a container as this machine's /proc shows them: for engines whose host has no ps.

Source of the format: proc(5).
"""

from __future__ import annotations

from pathlib import Path

MOST = 512


def process_tree(pid: int, proc: Path = Path("/proc")) -> list[tuple[str, str]] | None:
    """Return uid and command of a process and all its children; None where the process is not visible."""
    found: list[tuple[str, str]] = []
    waiting = [pid]
    while waiting and len(found) < MOST:
        folder = proc / str(waiting.pop())
        try:
            found.append((_uid(folder), _command(folder)))
            waiting += [int(child) for task in (folder / "task").iterdir() for child in _children(task)]
        except (OSError, ValueError):
            if not found:
                return None
    return found


def _uid(folder: Path) -> str:
    for line in (folder / "status").read_text(encoding="utf-8", errors="replace").splitlines():
        if line.startswith("Uid:"):
            return line.split()[2]
    raise ValueError("no Uid line")


def _command(folder: Path) -> str:
    return (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace").strip()


def _children(task: Path) -> list[str]:
    return (task / "children").read_text(encoding="utf-8").split()
