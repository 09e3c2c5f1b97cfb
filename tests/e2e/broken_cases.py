"""The negative proofs: `broken/<case>.yaml` says how the good image is broken and which checks must fail.

`edit` are [old, new] pairs for the good Dockerfile, `dockerfile` a whole other one, `files`, `prepend` and
`replace` change the project, `lock` is dockgen.lock's `container:`, `images` its `images:`. `fails` maps
the ids of all checks that fail to a part of what they must say; `also` is more that must be said. `sbom`
asks for an SBOM scanner, which costs seconds.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent / "broken"
GOOD = FOLDER / "_good"


@dataclass(frozen=True)
class BrokenCase:
    name: str
    fails: dict[str, str]
    edit: list[list[str]] = field(default_factory=list)
    dockerfile: str = ""
    files: dict[str, str] = field(default_factory=dict)
    prepend: dict[str, str] = field(default_factory=dict)
    replace: dict[str, list[str]] = field(default_factory=dict)
    lock: dict[str, Any] = field(default_factory=dict)
    images: dict[str, str] = field(default_factory=dict)
    also: dict[str, str] = field(default_factory=dict)
    sbom: bool = False

    def write(self, folder: Path) -> Path:
        """Write the project into a folder that does not exist yet."""
        shutil.copytree(GOOD, folder)
        path = folder / "Dockerfile"
        text = self.dockerfile or path.read_text()
        for old, new in self.edit:
            text = _replaced(text, old, new)
        path.write_text(text)
        for name, content in self.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(content)
        for name, start in self.prepend.items():
            (folder / name).write_text(start + (folder / name).read_text())
        for name, (old, new) in self.replace.items():
            (folder / name).write_text(_replaced((folder / name).read_text(), old, new))
        if self.lock:
            content = {"container": self.lock, **({"images": self.images} if self.images else {})}
            (folder / "dockgen.lock").write_text(yaml.safe_dump(content))
        return folder


def _replaced(text: str, old: str, new: str) -> str:
    assert old in text, f"the good project has no {old!r}"
    return text.replace(old, new)


def broken_cases() -> list[BrokenCase]:
    """Return all cases by name."""
    return [_load(path) for path in sorted(FOLDER.glob("*.yaml"))]


def _load(path: Path) -> BrokenCase:
    content = yaml.safe_load(path.read_text())
    assert content.pop("why"), path
    return BrokenCase(path.stem, **content)
