"""Cache mounts: whose they are, and an id of the project's own.

Source: https://docs.docker.com/reference/dockerfile/#run---mounttypecache (the id defaults to the target).
"""

from __future__ import annotations

import re

from dockgen.dockerfile.model import Dockerfile, Flag
from dockgen.lint.model import Context, Edit, Fix
from dockgen.regexes import regex

# Ids that any project would choose: tools, languages and what they call their caches.
_COMMON_WORDS = regex(
    "apk|apt|aptitude|archives|build|bun|bundle|bundler|cache|cargo|composer|conda|debian|deb|deno|"
    "deps|dl|dnf|dotnet|git|gem|gems|global|go|gobuild|golang|gomod|gradle|hex|home|ivy|lib|lists|"
    "local|m2|maven|mix|mod|modules|node|npm|nuget|packages|pip|pipenv|pkg|pnpm|poetry|pub|python|"
    "registry|repository|root|ruby|rust|sbt|sccache|share|state|store|target|tmp|uv|v1|v2|v3|v8|var|"
    "venv|wheels|yarn|yum|zypper"
)
_TOOLS = {
    "/root/.npm": "npm",
    "/root/.cache/pip": "pip",
    "/root/.cache/uv": "uv",
    "/root/.cache/pypoetry": "poetry",
    "/root/.cache/yarn": "yarn",
    "/usr/local/share/.cache/yarn": "yarn",
    "/pnpm/store": "pnpm",
    "/root/.cache/go-build": "gobuild",
    "/go/pkg/mod": "gomod",
    "/usr/local/cargo/registry": "cargo-registry",
    "/usr/local/cargo/git": "cargo-git",
    "/root/.m2": "maven",
    "/root/.gradle": "gradle",
    "/root/.nuget/packages": "nuget",
    "/var/cache/apt": "apt-cache",
    "/var/lib/apt": "apt-lib",
    "/var/lib/apt/lists": "apt-lists",
    "/var/cache/apk": "apk",
}


def is_bare(options: dict[str, str], context: Context) -> bool:
    """Return whether a cache mount's id says nothing of its project, not even its folder."""
    if context.root and options.get("id", "").startswith(f"{_word(context.root.resolve().name)}-"):
        return False
    name = re.sub(r"\$\{?\w+\}?", "", options.get("id", ""))
    if not name:
        return not options.get("id")
    words = [word for word in re.split(r"[^a-z0-9]+", name.lower()) if word and not word.isdigit()]
    return all(_COMMON_WORDS.fullmatch(word) for word in words)


def with_id(dockerfile: Dockerfile, flag: Flag, options: dict[str, str], context: Context) -> Fix | None:
    """Return the edit that gives the mount an id with the folder's name, None where that is not known."""
    folder = context.root or (context.build and context.build.root)
    project = _word(folder.name) if folder else ""
    target = options.get("target") or options.get("dst") or options.get("destination") or ""
    if not project or not target or "$" in target or flag.span.start.line != flag.span.end.line:
        return None
    line = dockerfile.lines[flag.span.start.line - 1]
    written = line[flag.span.start.column - 1 : flag.span.end.column - 1]
    identity = f"id={project}-{_TOOLS.get(target.rstrip('/'), _word(target))}"
    if options.get("id"):
        text = re.sub(r"(?<=[,=\"'])id=[^,\"']*", identity, written, count=1)
    else:
        text = re.sub(r"type=cache", f"type=cache,{identity}", written, count=1, flags=re.IGNORECASE)
    return Fix("name the project in the id", (Edit(flag.span, text),)) if text != written else None


def _word(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")
