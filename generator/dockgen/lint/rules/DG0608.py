"""DG0608: the install ignores the lock file that lies beside it.

*Why*

A lock file says which version of every package was tested, and with which checksum. `npm install`,
`yarn install`, `cargo build` and their like change it silently when it does not fit, or do not look at it:
the image then holds packages that nobody has seen.

*Bad*

```dockerfile
FROM node:24.21.0-trixie-slim
COPY package.json package-lock.json ./
RUN npm install
```

*Good*

```dockerfile
FROM node:24.21.0-trixie-slim
COPY package.json package-lock.json ./
RUN npm ci
```

*When it is fine*

In images for development, where the lock is to be renewed. The strict profile alone tells of a stage for
tests or examples that the build of the last stage does not need, and of an install whose manifest a step
changes, whose lock a stage only carries out, or after which another keeps to the lock.

*References*

- https://docs.npmjs.com/cli/commands/npm-ci
- https://doc.rust-lang.org/cargo/commands/cargo-build.html#manifest-options
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Instruction, Stage
from dockgen.dockerfile.remembered import remembered
from dockgen.lint.analysis.fit import evidence
from dockgen.lint.analysis.installs import PROGRAMS, Unfrozen, unfrozen
from dockgen.lint.analysis.lock_purpose import is_meant
from dockgen.lint.analysis.managers import MANAGERS, Manager
from dockgen.lint.analysis.manifests import find_lock
from dockgen.lint.analysis.runs import Call, calls
from dockgen.lint.analysis.stages import only_tests
from dockgen.lint.knowledge.stages import is_workshop
from dockgen.lint.model import Context, Edit, Finding, Fix, Profile, Rule, Severity

RULE = Rule("DG0608", "lock-ignored", Severity.WARNING)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield each install that may go another way than the lock beside its manifest."""
    if is_workshop(dockerfile):
        return
    lenient = context.profile is not Profile.STRICT
    for stage in dockerfile.stages:
        if lenient and only_tests(dockerfile, stage):
            continue
        for instruction in stage.instructions:
            for call in calls(instruction, PROGRAMS):
                install = unfrozen(call.words, call.settings)
                if install and call.certain and not call.elsewhere:
                    found = _judged(stage, instruction, call, install, context)
                    if found and not (lenient and is_meant(dockerfile, stage, instruction, install.manager)):
                        yield found


def _judged(
    stage: Stage, instruction: Instruction, call: Call, install: Unfrozen, context: Context
) -> Finding | None:
    manager = install.manager
    lock = find_lock(stage, instruction, manager.manifest, manager.locks, context.build)
    if lock is None or manager in _kept_by_settings(stage):
        return None
    place = call.place(install.word)
    written = " ".join(call.words[: install.word + 1] if install.word else call.words[:2])
    fixable = place and not (manager.variable and call.wrapped)
    return RULE.at(
        place or instruction.span,
        f"{written} does not keep to {lock}",
        mend=f"write {_mended(install, call.words)}",
        fix=Fix("keep to the lock", (Edit(place, install.text),), safe=False) if place and fixable else None,
    )


@remembered(most=256)
def _kept_by_settings(stage: Stage) -> frozenset[Manager]:
    """Return the managers that variables or configuration keep to their locks."""
    said = evidence(stage)
    return frozenset(one for one in MANAGERS if one.settings.search(said))


def _mended(install: Unfrozen, words: list[str]) -> str:
    """Return the command as it should be, up to its subcommand."""
    end = max(install.word + 1, 2 if install.manager.variable else 0)
    return " ".join([*words[: install.word], install.text, *words[install.word + 1 : end]])
