"""The stacks that are compared: stacks.yaml's rows, and the project of each contestant written out."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from bench import material

HERE = Path(__file__).parent
OURS, HAND, DOCUMENTED, NPM = "dockgen new", "by hand", "documented, one stage", material.GENERATOR


@dataclass(frozen=True, eq=False)
class Stack:
    """One row; `documented` is where the beginner's Dockerfile is from."""

    name: str
    folder: str
    project: str
    source: dict[str, str]
    documented: dict[str, object]
    npm_generator: bool = False
    dependency: bool = True
    """Whether `changed` names one more dependency; some stacks have none that a file names."""
    set: dict[str, str] = field(default_factory=dict)

    @property
    def contestants(self) -> tuple[str, ...]:
        """Who is compared, dockgen first."""
        return (OURS, HAND, DOCUMENTED, *([NPM] if self.npm_generator else []))

    def write(self, contestant: str, into: Path) -> Path:
        """Write the project as the contestant builds it; the folder is made anew."""
        shutil.rmtree(into, ignore_errors=True)
        shutil.copytree(material.CHECKOUT / self.project, into)
        if contestant == OURS:
            answers = [f"--set={name}={value}" for name, value in self.set.items()]
            _call([sys.executable, "-m", "dockgen.cli.main", "new", "--yes", *answers, str(into)], into)
        elif contestant == NPM:
            _call([material.program("node"), str(material.npm_generator()), "--force"], into)
        else:
            file = "hand" if contestant == HAND else "documented"
            shutil.copyfile(HERE / self.folder / f"{file}.Dockerfile", into / "Dockerfile")
            if (extra := HERE / self.folder / "extra").is_dir():
                shutil.copytree(extra, into, dirs_exist_ok=True)
        return into

    def change_source(self, project: Path, change: str) -> None:
        """Add one comment line to a source file; one that an earlier run had would come out of its cache."""
        with (project / self.source["file"]).open("a", encoding="utf-8") as file:
            file.write(f"\n{self.source['comment']} changed: {change}\n")

    def add_dependency(self, project: Path) -> None:
        """Lay the files over the project that name one more dependency."""
        shutil.copytree(HERE / self.folder / "changed", project, dirs_exist_ok=True)


def _call(command: list[str], folder: Path) -> None:
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    if done.returncode:
        raise material.UnavailableError(f"{command[1]} failed: {(done.stderr or done.stdout).strip()[-500:]}")


def stacks() -> list[Stack]:
    """Return the rows of stacks.yaml."""
    content = yaml.safe_load((HERE / "stacks.yaml").read_text(encoding="utf-8"))
    return [Stack(**row) for row in content["stacks"]]
