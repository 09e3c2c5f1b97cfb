"""Which manifest an install reads, and whether its lock lies beside it in the build context.

The Dockerfile itself is a witness too: a COPY or a bind mount that names a lock says that there is one.
"""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from dockgen.dockerfile.model import Instruction, Position, Stage
from dockgen.dockerfile.remembered import remembered
from dockgen.lint.context import BuildContext
from dockgen.regexes import regex

_LARGEST = 1 << 20
_SCRIPT_CALL = regex(r"\b(?:npm|yarn|pnpm|bun)\b(?:\s+(?:run|run-script|-s|--silent))*\s+([\w:.-]+)")
_WILDCARD = regex(r"[*?\[$]")


def taken(stage: Stage, instruction: Instruction) -> list[str]:
    """Return the paths of the build context that a stage and its parents have by an instruction, as written.

    COPY, ADD and bind mounts take them; the mounts of the instruction itself count.
    """
    until = instruction.span.start
    return [path for start, paths in _takings(stage) if start <= until for path in paths]


@remembered(most=256)
def _takings(stage: Stage) -> tuple[tuple[Position, tuple[str, ...]], ...]:
    """Return what each instruction takes that takes something, in their order."""
    found = ((each, tuple(_paths(each))) for one in reversed(stage.lineage) for each in one.instructions)
    return tuple((each.span.start, paths) for each, paths in found if paths)


def _paths(instruction: Instruction) -> Iterator[str]:
    if instruction.keyword in {"COPY", "ADD"} and not instruction.flag("from"):
        yield from (word.text.strip("\"'") for word in instruction.words[:-1])
    for _, options in instruction.mounts():
        if options.get("type", "bind") == "bind" and not options.get("from"):
            yield options.get("source") or options.get("src") or "."


def find_lock(
    stage: Stage, instruction: Instruction, manifest: str, locks: Sequence[str], build: BuildContext | None
) -> str | None:
    """Return the lock beside the manifest that the stage has taken by then, None without one."""
    paths = taken(stage, instruction)
    if build is None:
        named = (posixpath.basename(path) for path in paths if not _WILDCARD.search(path))
        return next((name for name in named if name in locks), None)
    folder = manifest_folder(paths, manifest, build)
    if folder is None:
        return None
    files = set(build.files)
    beside = (posixpath.join(folder, lock) for lock in locks)
    return next((path for path in beside if path in files), None)


def manifest_folder(paths: Sequence[str], manifest: str, build: BuildContext) -> str | None:
    """Return the folder of the topmost manifest among the files taken, None where none is taken."""
    found = {
        posixpath.dirname(name)
        for path in paths
        if "$" not in path
        for name in build.sent(path)
        if posixpath.basename(name) == manifest
    }
    return min(found, key=lambda folder: (folder.count("/") + bool(folder), folder), default=None)


def manifest_text(stage: Stage, instruction: Instruction, manifest: str, build: BuildContext) -> str | None:
    """Return the manifest that an instruction's install reads, None where it is not known."""
    folder = manifest_folder(taken(stage, instruction), manifest, build)
    return None if folder is None else read(build.root / folder / manifest)


def read(path: Path) -> str | None:
    """Return the text of a small file of the context, None where it cannot be read."""
    try:
        if path.is_symlink() or path.stat().st_size > _LARGEST:
            return None
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None


def names_development(manifest: str, text: str, program: str = "") -> bool:
    """Return whether a manifest has dependencies for development only that the program installs."""
    if manifest in {"package.json", "composer.json"}:
        key = "devDependencies" if manifest == "package.json" else "require-dev"
        return bool(_section(text, key))
    if manifest == "pyproject.toml" and program == "uv":
        # Of the groups uv takes `dev` alone, unless default-groups names others.
        return _has_uv_development(text)
    if manifest == "pyproject.toml":
        return bool(
            re.search(
                r"^\[(?:dependency-groups|tool\.poetry\.(?:group\.|dev-)|tool\.pdm\.dev-)|^dev-dependencies",
                text,
                re.MULTILINE,
            )
        )
    return bool(re.search(r"\bgroup\b[^\n]*:(?:development|test)\b", text))


def _has_uv_development(text: str) -> bool:
    """Of the groups of a project uv takes `dev` alone, unless its settings name others."""
    header = ""
    for line in text.splitlines():
        if line.startswith("["):
            header = line.strip()
        group = header == "[dependency-groups]" and re.match(r"\"?dev\"?\s*=", line)
        if group or line.startswith(("default-groups", "dev-dependencies")):
            return True
    return False


def is_development(text: str, package: str) -> bool:
    """Return whether the text is a package.json that has this package for development only."""
    found = _section(text, "devDependencies")
    return isinstance(found, dict) and package in found


def _section(text: str, key: str) -> object:
    try:
        loaded = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return loaded.get(key) if isinstance(loaded, dict) else None


def script_words(text: str, command: str) -> set[str]:
    """Return the words of the package.json scripts that a command runs by npm, yarn, pnpm or bun."""
    scripts = _section(text, "scripts")
    if not isinstance(scripts, dict):
        return set()
    waiting, words = [command], set[str]()
    seen: set[str] = set()
    while waiting:
        said = waiting.pop()
        words.update(re.split(r"[\s;&|]+", said) if said is not command else ())
        for name in _SCRIPT_CALL.findall(said):
            body = scripts.get(name)
            if name not in seen and isinstance(body, str):
                seen.add(name)
                waiting.append(body)
    return words
