"""BuildKit's own code as an oracle: a small Go program, built on demand."""

from __future__ import annotations

import base64
import functools
import json
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

SOURCE = Path(__file__).parent / "oracle"


@functools.cache
def program() -> str | None:
    """Return the path of the built oracle; None where there is no Go, or no way to its modules."""
    go = shutil.which("go")
    if go is None:
        return None
    built = Path(tempfile.mkdtemp(prefix="oracle-")) / "oracle"
    done = subprocess.run([go, "build", "-o", str(built), "."], cwd=SOURCE, capture_output=True, check=False)
    return str(built) if done.returncode == 0 else None


class BuildKit:
    """A running oracle; close it when done."""

    def __init__(self, path: str) -> None:
        self._process = subprocess.Popen([path], stdin=subprocess.PIPE, stdout=subprocess.PIPE)

    def close(self) -> None:
        """End the program."""
        self._process.communicate()

    def parse(self, text: str) -> Any:
        """Return what the parser makes of a Dockerfile."""
        return self._ask({"Op": "parse", "Text": _packed(text)})

    def expand(self, text: str, env: dict[str, str], escape: str = "\\") -> Any:
        """Return what a word comes to."""
        given = [f"{name}={value}" for name, value in env.items()]
        return self._ask({"Op": "expand", "Text": _packed(text), "Env": given, "Escape": escape})

    def ignore(self, text: str, paths: list[str]) -> Any:
        """Return which paths an ignore file excludes."""
        return self._ask({"Op": "ignore", "Text": _packed(text), "Paths": [_packed(path) for path in paths]})

    def _ask(self, request: dict[str, object]) -> Any:
        assert self._process.stdin and self._process.stdout
        self._process.stdin.write(json.dumps(request).encode() + b"\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())


def unpacked(value: str | None) -> str:
    """Return the text of an answer's field."""
    return base64.b64decode(value or "").decode("utf-8", "replace")


def _packed(text: str) -> str:
    return base64.b64encode(text.encode()).decode()
