"""Images that the repository builds itself: its next build is what makes their tags move.

Sources: https://docs.docker.com/reference/cli/docker/buildx/build/ (--tag),
https://skaffold.dev/docs/references/yaml/ (artifacts), https://docs.docker.com/reference/compose-file/build/
and the inputs of GitHub's build-push-action and metadata-action.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from dockgen.catalog.bases import base_of
from dockgen.lint.context_roots import repository
from dockgen.lint.knowledge.project_files import ProjectFile, project_files
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
_ACTION = regex(r"\b(?:build-push-action|metadata-action|bake-action|kaniko|buildah-build)\b")


def is_own_image(name: str, folder: Path) -> bool:
    """Return whether the repository of the folder builds an image of that name, tags aside."""
    return (
        is_namesake(name, folder)
        or _is_built_beside(name, folder)
        or any(_builds(file, name) for file in project_files(folder))
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

    A name without a publisher is one of Docker's own, which `docker-varnish` makes and a folder `python` not,
    nor `python-docker`: on languages and systems others build.
    """
    top = repository(folder)
    written = top.absolute().name.lower() if top else ""
    own = _DOCKER_WORDS.sub("", written).strip("-_.")
    fits = len(own) >= _SHORTEST and own in name.lower().split("/")[-2:]
    if "/" in name or not fits:
        return fits
    base = base_of(name)
    return own != written and not (base and base.role in _BUILT_ON)


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
    if any(
        _BUILD.search(line) and re.search(rf"(?:-t|--tag)[= ][\"']?{named}", line) for line in file.commands
    ):
        return True
    return file.is_yaml and _ACTION.search(file.text) is not None and re.search(named, file.text) is not None


def _builds(file: ProjectFile, name: str) -> bool:
    if name not in file.text:
        return file.is_yaml and _ACTION.search(file.text) is not None and _is_put_together(file.text, name)
    whole = rf"(?<![\w./-]){re.escape(name)}(?![\w./-])"
    if any(
        _BUILD.search(line) and re.search(rf"(?:-t|--tag)[= ][\"']?{whole}", line) for line in file.commands
    ):
        return True
    if not file.is_yaml:
        return file.name.endswith(".hcl") and re.search(rf"[\"']{whole}", file.text) is not None
    image = re.search(rf"^[ \t-]{{0,40}}image:[ \t]{{0,8}}[\"']?{whole}", file.text, re.MULTILINE)
    if file.name.startswith("skaffold"):
        return image is not None
    if services := file.services:
        return image is not None and any("build:" in one and image[0].strip() in one for one in services)
    return _ACTION.search(file.text) is not None and re.search(whole, file.text) is not None


def _is_put_together(text: str, name: str) -> bool:
    """Return whether a workflow makes the name of expressions and words."""
    return any(_fits(found[0], name) for found in _PUT_IN.finditer(text) if "${{" in found[0])


def _fits(written: str, name: str) -> bool:
    """Return whether a name with expressions in it can be the image; its last part has letters of its own.

    An expression for the publisher is the repository's owner, who publishes none of the well-known images.
    """
    publisher, _, last = written.rpartition("/")
    named = _EXPRESSION.sub("", last)
    if len(named) < _SHORTEST or (_EXPRESSION.search(publisher) and base_of(name)):
        return False
    return _fills(_EXPRESSION.split(written), name)


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
