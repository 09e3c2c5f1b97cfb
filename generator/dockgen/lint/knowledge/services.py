"""Whether anything shows that a container of an image keeps running and serves.

What a shell, a compiler or root's rights mean depends on what an image is for, which a Dockerfile seldom
says. So this is three-valued: evidence for a service, evidence against one (`is_workshop`, `is_command`,
`is_for_root`), or none. The default profile speaks of an image's purpose with evidence for a service only.

Sources: https://docs.docker.com/reference/dockerfile/#expose, https://docs.docker.com/reference/compose-file/services/
(ports, expose, restart, healthcheck), https://kubernetes.io/docs/concepts/workloads/controllers/ and
https://docs.docker.com/reference/cli/docker/container/run/ (--detach, --publish, --restart).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any

from dockgen.catalog.bases import parse_reference
from dockgen.catalog.loading import documents
from dockgen.dockerfile.model import Stage
from dockgen.lint.context import BuildContext
from dockgen.lint.knowledge.deployments import DOCUMENTS, RUN, images_in, is_named
from dockgen.lint.knowledge.host_work import gone_on_as
from dockgen.lint.knowledge.project_files import ProjectFile, project_files
from dockgen.lint.knowledge.stages import base_of_stage, start_words
from dockgen.lint.model import Context, Profile
from dockgen.regexes import regex
from dockgen.resources import bundled

# They stand in for a service while a program is tested, and hold nothing that is worth keeping.
_STANDS_IN = regex(r"(?i)(?:^|[-_./])(?:fake|mock|emulator|simulator|stub)s?(?:[-_./]|$)")
_LONGEST_WORD = 80
_CUTS = regex(r"[-_.:]")
# Controllers whose containers are started anew when they end; a Job's are not.
_KEPT_RUNNING = regex(
    r"^[ \t]{0,8}kind:[ \t]{0,8}[\"']?(?:Deployment|StatefulSet|ReplicaSet)\b", re.MULTILINE
)
# The values of a chart that ask for copies or for a port.
_VALUES = regex(r"^(?:[ \t]{0,8})(?:replicaCount|replicas|service|containerPort):", re.MULTILINE)
_COMPOSE_SERVES = regex(
    r"^[ \t]{4,40}(?:ports|expose|healthcheck):|"
    r"^[ \t]{4,40}restart:[ \t]{0,8}[\"']?(?:always|unless-stopped|on-failure)\b",
    re.MULTILINE,
)
_BUILD = regex(
    r"^[ \t]{4,40}(?:build|context):[ \t]{0,8}[\"']?(?P<folder>[\w./-]{1,200})[\"']?[ \t]*$", re.MULTILINE
)
_FILE = regex(r"^[ \t]{4,40}dockerfile:[ \t]{0,8}[\"']?(?P<file>[\w./-]{1,200})[\"']?[ \t]*$", re.MULTILINE)
_NAME = regex(r"([\w.-]{1,80}):")
_DETACHED = regex(r"(?:^|\s)(?:--(?:publish|publish-all|detach|restart)\b|-[a-zA-Z]{0,4}[dpP](?:\s|\d|$))")


def may_serve(stage: Stage, context: Context, path: str) -> bool:
    """Return whether what hangs on the image's purpose is told: by evidence, or by the strict profile."""
    if context.profile is Profile.STRICT:
        return True
    return is_service(stage, context.root, path, context.build)


def is_service(stage: Stage, root: Path | None, path: str, build: BuildContext | None = None) -> bool:
    """Return whether there is positive evidence that containers of the stage keep running and serve.

    A program that stands in for a service in tests, by its name, is none.

    `root` is the build context's folder, `path` the Dockerfile's: both give the image its likely names.
    """
    if any(_STANDS_IN.search(word) for word in start_words(stage)[:2]):
        return False
    if _listens(stage) or _serves_by_base(stage) or _starts_server(stage, build):
        return True
    if root is None:
        return False
    names = _names_of(stage, root, path)
    return any(_keeps_running(file, names, PurePosixPath(path)) for file in project_files(root))


def _listens(stage: Stage) -> bool:
    """Return whether the file names a port, or how to ask for its health."""
    asked = stage.inherited("HEALTHCHECK")[-1:]
    return bool(stage.inherited("EXPOSE")) or any(one.text.strip().upper() != "NONE" for one in asked)


def _serves_by_base(stage: Stage) -> bool:
    base = base_of_stage(stage)
    if base and base.role == "server":
        return True
    found = parse_reference(stage.base_image or "")
    return found is not None and any(fnmatchcase(found.repository, name) for name in _servers()["images"])


def _starts_server(stage: Stage, build: BuildContext | None) -> bool:
    """Return whether the command, or what its scripts go on as, is a server by its name."""
    words = (word.strip("\"'[],;") for word in start_words(stage))
    return any(map(_is_server, words)) or any(map(_is_server, gone_on_as(stage, build)))


def _is_server(word: str) -> bool:
    if len(word) > _LONGEST_WORD or word.startswith("-"):
        return False
    known = _servers()
    return word in known["programs"] or not known["words"].isdisjoint(_CUTS.split(word.lower()))


def _keeps_running(file: ProjectFile, names: set[str], path: PurePosixPath) -> bool:
    """Return whether a manifest, a chart, a compose file or a command of the project's keeps it running."""
    folder = path.parent.name
    if file.is_yaml:
        if any(_is_composed(part, path) for part in file.services):
            return True
        return "image" in file.text and _is_deployed(file.text, names, folder)
    if file.is_page and any(_is_deployed(text, names, folder) for text in file.text.split("```")[1::2]):
        return True
    return any(_is_detached(line, names) for line in file.commands if " run" in line)


def _is_composed(part: str, path: PurePosixPath) -> bool:
    """Return whether a service of a compose file is built of the Dockerfile and meant to last."""
    folder, file = _BUILD.search(part), _FILE.search(part)
    if not folder and not file:
        return False
    if file and PurePosixPath(file["file"]).name != path.name:
        return False
    inside = PurePosixPath(folder["folder"] if folder else "")
    below = PurePosixPath(file["file"]).parent if file else PurePosixPath()
    if (inside / below).name not in {path.parent.name, ""}:
        return False
    name = _NAME.match(part)
    return bool(_COMPOSE_SERVES.search(part)) or bool(name and _is_server(name[1]))


def _is_deployed(text: str, names: set[str], folder: str) -> bool:
    """Return whether one of the manifests, or a chart's values, keeps the image running."""
    for document in DOCUMENTS.split(text):
        kept = _KEPT_RUNNING.search(document)
        if (kept or _VALUES.search(document)) and any(
            is_named(image, names, folder) for image in images_in(document, chart=not kept)
        ):
            return True
    return False


def _is_detached(line: str, names: set[str]) -> bool:
    """Return whether a command line runs the image in the background or with a port."""
    found = RUN.search(line)
    if not found:
        return False
    words = found[1].split()
    image = next((n for n, one in enumerate(words) if _last(one) in names and not one.startswith("-")), None)
    return image is not None and bool(_DETACHED.search(" ".join(words[:image])))


def _last(word: str) -> str:
    """Return the last part of an image's name, without its tag."""
    return word.strip("\"'`").rpartition("/")[2].partition(":")[0].partition("@")[0]


def _names_of(stage: Stage, root: Path, path: str) -> set[str]:
    """Return what the image may be called: by its folder, its stage, or the program that it starts."""
    return {name for name in _candidates(stage, root, path) if len(name) >= 2} - {"app", "sh", "bash"}


def _candidates(stage: Stage, root: Path, path: str) -> Iterator[str]:
    yield from (PurePosixPath(path).parent.name, root.absolute().name, stage.name or "")
    yield from start_words(stage)[:1]


@cache
def _servers() -> dict[str, Any]:
    found = documents(bundled("stacks") / "data" / "servers.yaml", 1)[0]
    return {key: frozenset(found[key]) for key in ("programs", "words", "images")}
