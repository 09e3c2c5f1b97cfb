"""Project folders made of a mapping, and a user without rights."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dockgen.project.tree import Tree, scan

MakeTree = Callable[..., Tree]


@pytest.fixture
def make_tree(tmp_path: Path) -> MakeTree:
    def make(files: dict[str, str | bytes]) -> Tree:
        for path, content in files.items():
            full = tmp_path / path
            full.parent.mkdir(parents=True, exist_ok=True)
            full.write_bytes(content.encode() if isinstance(content, str) else content)
        return scan(tmp_path)

    return make


@pytest.fixture
def unprivileged_folder() -> Iterator[Path]:
    """A folder in which this process has no special rights, even where it is root's."""
    if not hasattr(os, "seteuid"):
        pytest.skip("no POSIX users here")
    folder = Path(tempfile.mkdtemp(prefix="dockgen-test-"))
    folder.chmod(0o777)
    was_root = os.geteuid() == 0
    if was_root:
        os.seteuid(65534)
    try:
        yield folder
    finally:
        if was_root:
            os.seteuid(0)
        for path in folder.rglob("*"):
            if not path.is_symlink():
                path.chmod(0o700)
        shutil.rmtree(folder, ignore_errors=True)
