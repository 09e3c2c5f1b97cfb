"""No version-control data and no files of the workshop (Dockerfile, compose file) are in the image."""

from __future__ import annotations

from dockgen.verify.model import Check, CheckResult
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Session

VCS = Check("no-vcs-data", 5)
WORKSHOP = Check("no-workshop-files", 9)
CHECKS = (VCS, WORKSHOP)
ORDER = 25
FOLDERS = {".git", ".hg", ".svn", ".bzr", "_darcs"}
FILES = {
    "Dockerfile",
    "Containerfile",
    ".dockerignore",
    "docker-compose.yml",
    "docker-compose.yaml",
    "compose.yaml",
}
FILES |= {"dockgen.yaml", "dockgen.lock"}


def run(session: Session) -> list[CheckResult]:
    """Look at the names of all that the base image does not bring, in deleted files too."""
    data, files = set(), set()
    for number, content in enumerate(session.layers):
        if number < session.base_layers:
            continue
        for entry in content.entries:
            parts = entry.path.split("/")
            data |= {"/".join(parts[: i + 1]) for i, part in enumerate(parts) if part in FOLDERS}
            # Packages of dependencies may carry a Dockerfile of their own: not the project's workshop.
            inside = any(part in {"node_modules", "site-packages", "vendor"} for part in parts)
            if parts[-1] in FILES and not inside:
                files.add(entry.path)
    return [
        VCS.judged(
            [one_line(p) for p in sorted(data)],
            "version-control data is in the image",
            "no version-control data",
        ),
        WORKSHOP.judged(
            [one_line(p) for p in sorted(files)], "workshop files are in the image", "no workshop files"
        ),
    ]
