"""Images that the repository builds itself: its next build is what makes their tags move.

Sources: https://docs.docker.com/reference/cli/docker/buildx/build/ (--tag),
https://skaffold.dev/docs/references/yaml/ (artifacts), https://docs.docker.com/reference/compose-file/build/
and the inputs of GitHub's build-push-action and metadata-action.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from dockgen.catalog.bases import base_of
from dockgen.lint.context_roots import repository
from dockgen.lint.knowledge.project_files import ProjectFile, project_files
from dockgen.project.git import origin_url
from dockgen.regexes import regex

# How far above the build context a folder of the same repository is looked for.
_LEVELS = 4
_BUILD = regex(r"\b(?:docker|podman|nerdctl|buildah)\b.{0,400}?\b(?:build|bud)\b")
# What a repository's name says beside whose images it makes.
_DOCKER_WORDS = regex(r"(?:^|[-_.])(?:docker(?:files?|[-_]images?)?|containers?|images?)(?=$|[-_.])")
# Names that a workflow puts together: ghcr.io/${{ github.repository_owner }}/${{ matrix.bin }}-rust.
_EXPRESSION = regex(r"\$\{\{[^}\n]{0,80}\}\}")
_PUT_IN = regex(r"(?:[\w./-]|\$\{\{[^}\n]{0,80}\}\}){3,300}")
_WORD = regex(r"[\w.-]+")
_BUILT_ON = frozenset({"os", "toolchain", "runtime", "static"})
_SHORTEST = 3
_OWNER = regex(r"[:/]([\w.-]{1,100})/[\w.-]{1,100}/?$")
# Who keeps Docker's official images for their makers.
_OFFICIAL = frozenset({"docker-library"})
_ACTION = regex(r"\b(?:build-push-action|metadata-action|bake-action|kaniko|buildah-build)\b")


def is_own_image(name: str, folder: Path) -> bool:
    """Return whether the repository of the folder builds an image of that name, tags aside.

    A well-known image of somebody else's is its own only where a command or a compose file builds it.
    """
    builds = _is_built_as if is_known_of_others(name, folder) else _builds
    return (
        is_namesake(name, folder)
        or (builds is _builds and _is_built_beside(name, folder))
        or any(builds(file, name) for file in project_files(folder))
    )


def is_of_own_publisher(name: str, folder: Path) -> bool:
    """Return whether the repository builds an image of the name's publisher: they follow one another.

    Nobody here is the publisher of well-known images.
    """
    publisher = name.rpartition("/")[0]
    known = not publisher or base_of(name) is not None
    return not known and any(_publishes_as(file, publisher) for file in project_files(folder))


def is_namesake(name: str, folder: Path) -> bool:
    """Return whether the image, or who publishes it, is called as the repository: example/app in app.

    A name without a publisher is one of Docker's own, which `docker-varnish` makes and a folder `python` not.
    """
    written, own = _names(repository(folder))
    fits = len(own) >= _SHORTEST and own in name.lower().split("/")[-2:]
    return fits and ("/" in name or own != written) and not is_known_of_others(name, folder)


def _names(top: Path | None) -> tuple[str, str]:
    """Return a repository's name as written, and without words such as `docker`."""
    written = top.absolute().name.lower() if top else ""
    return written, _DOCKER_WORDS.sub("", written).strip("-_.")


def is_known_of_others(name: str, folder: Path) -> bool:
    """Return whether it is a well-known image that, by its publisher, somebody else makes.

    Docker's own ones are made by who is called as they are, says the remote. Without one, nobody here makes
    those that others build on, and what `nginx-docker` itself stands on is not made there.
    """
    base, top = base_of(name), repository(folder)
    own, owner = _names(top)[1], remote_owner(top)
    if base is None:
        return False
    if publisher := name.lower().rpartition("/")[0].rpartition("/")[2]:
        return publisher != owner and not (len(own) >= _SHORTEST and own in publisher)
    if own != name.lower():
        return True
    if owner:
        return owner not in _OFFICIAL and not owner.startswith(own)
    return base.role in _BUILT_ON or folder == top


@cache
def remote_owner(top: Path | None) -> str:
    """Return whom the repository's remote belongs to, in lower case; empty where there is none."""
    found = _OWNER.search((origin_url(top) or "").removesuffix(".git")) if top else None
    return found[1].lower() if found else ""


def _is_built_beside(name: str, folder: Path) -> bool:
    """Return whether the same repository has a folder of the image's last name with a Dockerfile in it."""
    last = name.rpartition("/")[2]
    levels = [folder, *folder.parents][:_LEVELS]
    above = next((place for place, level in enumerate(levels) if (level / ".git").exists()), None)
    return above is not None and any((one / last / "Dockerfile").is_file() for one in levels[: above + 1])


def _publishes_as(file: ProjectFile, publisher: str) -> bool:
    if publisher not in file.text:
        return False
    named = rf"(?<![\w./-]){re.escape(publisher)}/[\w.-]+"
    return _is_tagged(file, named) or (
        file.is_yaml and _ACTION.search(file.text) is not None and re.search(named, file.text) is not None
    )


def _builds(file: ProjectFile, name: str) -> bool:
    if name not in file.text:
        return file.is_yaml and _ACTION.search(file.text) is not None and _is_put_together(file.text, name)
    if _is_built_as(file, name):
        return True
    whole = _whole(name)
    if not file.is_yaml:
        return file.name.endswith(".hcl") and re.search(rf"[\"']{whole}", file.text) is not None
    if file.name.startswith("skaffold"):
        return _image(whole, file.text)
    # What a compose file or a workflow starts beside is not built.
    return (
        not file.services
        and _ACTION.search(file.text) is not None
        and re.search(whole, file.text) is not None
    )


def _is_built_as(file: ProjectFile, name: str) -> bool:
    """Return whether a command gives an image the name, or a compose file builds a service under it."""
    if name not in file.text:
        return False
    whole = _whole(name)
    return _is_tagged(file, whole) or (
        file.is_yaml and any("build:" in one and _image(whole, one) for one in file.services)
    )


def _is_tagged(file: ProjectFile, named: str) -> bool:
    """Return whether a command builds an image under a name of that pattern."""
    tag = re.compile(rf"(?:-t|--tag)[= ][\"']?{named}")
    return any(_BUILD.search(line) and tag.search(line) for line in file.commands)


def _whole(name: str) -> str:
    return rf"(?<![\w./-]){re.escape(name)}(?![\w./-])"


def _image(whole: str, text: str) -> bool:
    return re.search(rf"^[ \t-]{{0,40}}image:[ \t]{{0,8}}[\"']?{whole}", text, re.MULTILINE) is not None


def _is_put_together(text: str, name: str) -> bool:
    """Return whether a workflow makes the name of expressions and words."""
    return any(_fits(found[0], name) for found in _PUT_IN.finditer(text) if "${{" in found[0])


def _fits(written: str, name: str) -> bool:
    """Return whether a name with expressions in it can be the image; its last part has letters of its own.

    An expression for the publisher is the owner; well-known images of others are not asked about.
    """
    last = _EXPRESSION.sub("", written.rpartition("/")[2])
    return len(last) >= _SHORTEST and _fills(_EXPRESSION.split(written), name)


def _fills(parts: Sequence[str], name: str) -> bool:
    """Return whether a name has these parts in their order, with a word in each place between.

    Each part is taken where it comes first, which loses no way to fill the places; a regular expression tries
    all of them, which takes for ever.
    """
    first, *between = parts
    at = len(first)
    for number, part in enumerate(between, 1):
        found = len(name) - len(part) if number == len(between) else name.find(part, at + 1)
        if found <= at or not name.startswith(part, found) or not _WORD.fullmatch(name[at:found]):
            return False
        at = found + len(part)
    return name.startswith(first) and at == len(name)
