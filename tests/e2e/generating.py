"""`dockgen new` on a copy of an application, as a user calls it."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

HAND_WRITTEN = {"Dockerfile", ".dockerignore"}


def generate(app: Path, folder: Path, answers: Mapping[str, str]) -> Path:
    """Copy the application without its hand-written files into `folder` and containerise it there."""
    shutil.copytree(app, folder, ignore=lambda _, names: HAND_WRITTEN & set(names))
    options = [f"--set={key}={value}" for key, value in answers.items()]
    done = subprocess.run(
        [sys.executable, "-m", "dockgen.cli.main", "new", str(folder), "--yes", *options],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return folder
