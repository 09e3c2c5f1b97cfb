"""Cases of tests/stacks that hold a run.yaml: what is asked of them, and how they are built and started.

run.yaml: `get` is a route (asked as `host`), `contains` what its answer must hold, `static` a path that must
answer with a file. A worker has none of them, and must stay up. `set` are answers other than the case's,
`env` the variables that an operator gives when it starts; they count before those of the printed command.
`processes` are further targets, each built and run by itself. `verify: true` asks for the
whole `dockgen verify`, besides. `heavy: true` leaves the case to `make e2e-all`: it compiles for minutes what
a lighter one proves too. path.txt names the app's folder in a workspace.
"""

from __future__ import annotations

import datetime
import re
import secrets
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import yaml

from dockgen.plan import commands
from dockgen.plan.model import Plan
from dockgen.setup.new import Request, create

ROOT = Path(__file__).parents[1] / "stacks"
NAME = "dockgen-case"
"""The same each time: it is part of the cache mounts' ids, and so of what a later run finds cached."""


@dataclass(frozen=True)
class Written:
    """A containerised copy: the folder with its Dockerfile, the build context, the plan."""

    folder: Path
    context: Path
    plan: Plan


@dataclass(frozen=True)
class RunningCase:
    """One case."""

    folder: Path
    get: str = "/"
    host: str = ""
    contains: str = ""
    static: str = ""
    set: Mapping[str, str] = field(default_factory=dict)
    env: Mapping[str, str] = field(default_factory=dict)
    verify: bool = False
    heavy: bool = False
    processes: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Stack and name."""
        return f"{self.folder.parent.name}/{self.folder.name}"

    def write(self, into: Path) -> Written:
        """Copy the project and containerise it."""
        project = into / self.folder.name
        shutil.copytree(self.folder / "project", project, symlinks=True)
        member, answers = self.folder / "path.txt", self.folder / "answers.yaml"
        request = Request(
            path=project / member.read_text().strip() if member.exists() else project,
            today=datetime.date(2026, 11, 1),
            yes=True,
            answers=answers if answers.exists() else None,
            flags=(f"name={NAME}", *(f"{key}={value}" for key, value in self.set.items())),
        )
        outcome = create(request)
        assert outcome.written
        return Written(request.path, outcome.generated.survey.context.path, outcome.generated.plan)


@dataclass
class Container:
    """A container under a name of its own, so that two runs go side by side."""

    name: str = field(default_factory=lambda: f"{NAME}-{secrets.token_hex(4)}")

    def build(self, written: Written, process: str = "") -> None:
        """Build with the printed command, but for the shell's substitutions: there is no repository here."""
        build = commands.build_command(written.plan, written.context, written.folder, target=process)
        image = commands.image_of(written.plan, process)
        own = " ".join(build).replace(f"--tag {image} ", f"--tag {self.name} ")
        command = re.sub(r"\$\(git [^)]*\)", "1.2.3", own)
        done = subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=900, check=False)
        assert done.returncode == 0, done.stderr[-6000:]

    def start(self, plan: Plan, process: str = "", env: Mapping[str, str] | None = None) -> None:
        """Start with the printed options and the operator's variables, on a free port."""
        command = self.start_command(plan, process, env or {})
        subprocess.run(["sh", "-c", command], capture_output=True, text=True, timeout=60, check=True)

    def start_command(self, plan: Plan, process: str, env: Mapping[str, str]) -> str:
        """Return the shell's command; of a variable that is given twice docker takes the last value."""
        options = " ".join(commands.run_options(plan, process)).replace(
            f"127.0.0.1:{plan.port}:", "127.0.0.1::"
        )
        options = options.replace(f"--volume {NAME}", f"--volume {self.name}")
        given = "".join(f" --env {shlex.quote(f'{name}={value}')}" for name, value in env.items())
        return f"docker run --detach --name {self.name} {options}{given} {self.name}"

    def remove(self) -> None:
        """Remove container, image and volumes."""
        listed = ["docker", "volume", "ls", "--quiet", "--filter", f"name={self.name}"]
        volumes = subprocess.run(listed, capture_output=True, text=True, check=False).stdout.split()
        removals = [["rm", "--force", self.name], ["image", "rm", "--force", self.name]]
        for command in [*removals, *(["volume", "rm", volume] for volume in volumes)]:
            subprocess.run(["docker", *command], capture_output=True, check=False)


def running_cases() -> list[RunningCase]:
    """Return all cases by name."""
    return [_load(path) for path in sorted(ROOT.glob("*/*/run.yaml"))]


def _load(path: Path) -> RunningCase:
    return RunningCase(path.parent, **(yaml.safe_load(path.read_text()) or {}))
