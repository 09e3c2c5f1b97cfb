"""A case of a stack with some of its files changed, generated in memory: what the stack makes of it."""

from __future__ import annotations

import datetime
import shutil
from collections.abc import Mapping
from pathlib import Path

from dockgen.setup.generate import Generated
from dockgen.setup.new import Request, create

CASES = Path(__file__).parents[2] / "stacks"


def changed_case(folder: Path, case: str, files: Mapping[str, str | None], *flags: str) -> Generated:
    """Copy `STACK/CASE` below the folder, write the files over it (None takes one away), and generate.

    The linter finds nothing.
    """
    project = folder / "project"
    shutil.copytree(CASES / case / "project", project)
    for name, text in files.items():
        if text is None:
            (project / name).unlink()
        else:
            (project / name).write_text(text)
    request = Request(project, datetime.date(2026, 11, 1), flags=flags, yes=True, write=False)
    generated = create(request).generated
    assert generated.findings == ()
    return generated
