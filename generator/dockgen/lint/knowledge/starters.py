"""What a container does first: the scripts of the build context that ENTRYPOINT or CMD starts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from dockgen.dockerfile.model import Stage
from dockgen.lint.context import BuildContext
from dockgen.regexes import regex

_SCRIPT_LIMIT = 64 * 1024
_MOST_SCRIPTS = 12
_CALLED = regex(r"(?<![\w./-])[\w./-]{1,200}\.(?:sh|bash)(?![\w.-])")
# Installs and builds that need a compiler as soon as a package has no binary.
_BUILDS = regex(
    r"\b(?:pip3?|uv\s+pip|pecl|luarocks|cpanm|gem|pnpm|yarn)\s+install\b|\bnpm\s+(?:install|ci|rebuild|i)\b|"
    r"\b(?:npm|yarn|pnpm)\s+(?:run\s+)?build\b|\bbundle\s+install\b|\bcargo\s+(?:build|install)\b|"
    r"\bgo\s+(?:build|install)\b|(?:^|[;&|]\s{0,8})(?:make|gcc|cmake)\s",
    re.MULTILINE,
)
# What a comment tells of gosu is not done; the first line of all says who reads the script.
_COMMENT = regex(r"^[ \t]*#(?!!)[^\n]*", re.MULTILINE)
_SHELLS = frozenset({"sh", "bash", "ash", "dash", "zsh"})
_PASSES_ON = regex(r"^\s{0,40}exec\s{1,4}[\"']?\$@[\"']?\s{0,40}\Z", re.MULTILINE)
# A command that whoever starts the container gives by a variable.
_TOLD = regex(
    r"(?:\beval\s+|\bexec\s+(?:env\s+)?)[\"']?\$\{?(?:\w*STARTUP|\w*COMMAND|\w*CMD|PARSED)\}?[\"']?\s*(?:$|[;&|\n])"
)


def start_scripts(stage: Stage, build: BuildContext) -> Iterator[str]:
    """Yield the texts of the scripts that ENTRYPOINT or CMD names, and of those that they name."""
    words = {name for name in _named(stage) if name}
    words |= _renamed(stage, words)
    waiting = [path for path in build.files if PurePosixPath(path).name in words]
    seen: set[str] = set()
    while waiting and len(seen) < _MOST_SCRIPTS:
        path = waiting.pop(0)
        if path in seen:
            continue
        seen.add(path)
        text = _script(build.root / path)
        yield text
        called = {name.rpartition("/")[2] for name in _CALLED.findall(text)}
        if called:
            waiting += [other for other in build.files if PurePosixPath(other).name in called]


def only_passes_on(stage: Stage, build: BuildContext | None) -> bool:
    """Return whether the image has an entry point that ends in what it is given, and gives it nothing."""
    entry = stage.inherited("ENTRYPOINT")[-1:]
    if stage.inherited("CMD") or not entry:
        return False
    words = [word.text.rpartition("/")[2] for word in entry[0].words]
    if len(words) == 2 and words[0] in _SHELLS and words[1] == "-c":
        return True
    return build is not None and any(_PASSES_ON.search(text) for text in start_scripts(stage, build))


def builds_at_start(stage: Stage, build: BuildContext | None) -> bool:
    """Return whether the container builds or installs something when it starts, or runs what it is given."""
    starters = (*stage.inherited("ENTRYPOINT")[-1:], *stage.inherited("CMD")[-1:])
    if any(_BUILDS.search(" ".join(word.text for word in one.words)) for one in starters):
        return True
    scripts = start_scripts(stage, build) if build else iter(())
    return any(_BUILDS.search(text) or _TOLD.search(text) for text in scripts)


def _named(stage: Stage) -> Iterator[str]:
    for one in (*stage.inherited("ENTRYPOINT"), *stage.inherited("CMD")):
        for word in one.words:
            yield from (PurePosixPath(part.strip("\"'[],")).name for part in word.text.split())


def _renamed(stage: Stage, words: set[str]) -> set[str]:
    """Return the names in the context of the files that COPY puts under one of the names."""
    copies = [one for keyword in ("COPY", "ADD") for one in stage.inherited(keyword) if len(one.words) == 2]
    names = [(PurePosixPath(one.words[0].text).name, PurePosixPath(one.words[1].text).name) for one in copies]
    return {source for source, target in names if target in words}


def _script(path: Path) -> str:
    try:
        if path.stat().st_size > _SCRIPT_LIMIT:
            return ""
        return _COMMENT.sub("", path.read_text("utf-8", "replace"))
    except OSError:
        return ""
