"""Stages that the repository's own workflows, scripts and Makefiles build by name.

Sources: https://docs.docker.com/reference/cli/docker/buildx/build/ (--target) and the input `target` of
GitHub's build-push-action.
"""

from __future__ import annotations

import re
from pathlib import Path

from dockgen.lint.knowledge.project_files import project_files


def is_target(name: str, folder: Path) -> bool:
    """Return whether a file of the folder's repository names a stage as what is to be built."""
    option = re.compile(
        rf"(?:--target[= ]|^[ \t-]{{0,40}}target:[ \t]{{0,8}})[\"']?{re.escape(name)}(?![\w.-])",
        re.IGNORECASE | re.MULTILINE,
    )
    return any(option.search(file.text) for file in project_files(folder))
