"""Draw docs/images/new.svg: the real output of `dockgen new --yes` on the sample, as a terminal shows it.

Run from the checkout: .venv/bin/python docs/images/make_new_svg.py
"""

import os
import pty
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from rich.console import Console
from rich.text import Text

ROOT = Path(__file__).parents[2]
COLUMNS = 120
SHOWN = 62


def output() -> str:
    """Return what dockgen prints to a terminal, colours included."""
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder, "shop")
        shutil.copytree(ROOT / "samples" / "shop", project)
        leader, follower = pty.openpty()
        command = [ROOT / ".venv" / "bin" / "dockgen", "new", "--yes", project]
        environment = {**os.environ, "COLUMNS": str(COLUMNS), "TERM": "xterm-256color"}
        environment.pop("NO_COLOR", None)
        running = subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, env=environment)
        os.close(follower)
        chunks = []
        try:
            while chunk := os.read(leader, 65536):
                chunks.append(chunk)
        except OSError:
            pass  # the other end was closed: Linux's way to say end of file
        if running.wait() != 0:
            raise SystemExit("dockgen new failed")
        return b"".join(chunks).decode().replace("\r\n", "\n")


def main() -> None:
    """Write the picture."""
    lines = ["$ dockgen new --yes", *output().splitlines()]
    console = Console(record=True, width=COLUMNS, file=open(os.devnull, "w", encoding="utf-8"))
    for line in lines[:SHOWN]:
        console.print(Text.from_ansi(line), no_wrap=True, overflow="ellipsis")
    drawn = console.export_svg(title="dockgen new")
    # The page's own fonts will do: a picture should not fetch anything.
    drawn = re.sub(r"@font-face \{.*?\}", "", drawn, flags=re.DOTALL)
    (ROOT / "docs" / "images" / "new.svg").write_text(drawn, encoding="utf-8")


if __name__ == "__main__":
    main()
