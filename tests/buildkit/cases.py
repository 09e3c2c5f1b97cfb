"""The cases of BuildKit's checks, for the unit tests and for the comparison with a real engine.

A case has a name, a Dockerfile, the files of its build context, all findings by check and line (with their
message where it matters), and the text after the safe mends. `syntax` is the first version of the Dockerfile
syntax whose front end agrees; `engine` says why no front end can be asked.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class Expected:
    check: str
    line: int
    message: str | None = None


@dataclass(frozen=True)
class Case:
    check: str
    name: str
    dockerfile: str
    findings: tuple[Expected, ...]
    files: dict[str, str] = field(default_factory=dict)
    fixed: str | None = None
    syntax: str = ""
    engine: str = ""

    @property
    def id(self) -> str:
        return f"{self.check}: {self.name}"


def all_cases() -> Iterator[Case]:
    for path in sorted(FOLDER.glob("*.yaml")):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["cases"]:
            yield _case(path.stem, entry)


def _case(check: str, entry: dict[str, Any]) -> Case:
    findings = tuple(Expected(**finding) for finding in entry.pop("findings"))
    return Case(check=check, findings=findings, **entry)
