"""What the project's own files say of the user that an image runs as, and of the host that it sees.

Sources: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/ (runAsUser, runAsNonRoot),
https://kubernetes.io/docs/concepts/security/pod-security-standards/ (hostPID, privileged),
https://docs.docker.com/reference/compose-file/services/#user and
https://docs.docker.com/reference/cli/docker/container/run/ (--user).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from dockgen.dockerfile.model import Stage
from dockgen.lint.knowledge.own_images import is_known_of_others
from dockgen.lint.knowledge.project_files import ProjectFile, project_files
from dockgen.lint.knowledge.run_commands import images_of
from dockgen.regexes import regex

_IMAGE = regex(r"^[ \t-]{0,40}image:[ \t]{0,8}[\"']?([\w./-]{1,200})(?:[:@][^\s\"']{0,200})?", re.MULTILINE)
# As a chart's values name it.
_CHART_IMAGE = regex(
    r"^[ \t]{0,40}image:[ \t]{0,8}\n(?:[ \t]{1,40}(?:\w{1,40}:|#)[^\n]{0,200}\n){0,4}?"
    r"[ \t]{1,40}(?:name|repository):[ \t]{0,8}[\"']?([\w./-]{1,200})",
    re.MULTILINE,
)
DOCUMENTS = regex(r"^---[ \t]*$", re.MULTILINE)
_BUILT = regex(r"^[ \t]{1,40}build:", re.MULTILINE)
# The one user that the manifest asks for, or the host whose processes and devices only root sees.
_ANOTHER_USER = regex(r"\brunAsNonRoot:[ \t]{0,8}true\b|\brunAsUser:[ \t]{0,8}[1-9]\d{0,9}\b")
_HOST = regex(
    r"\b(?:hostPID|privileged):[ \t]{0,8}true\b|\bkind:[ \t]{0,8}DaemonSet\b|\bpid:[ \t]{0,8}[\"']?host\b|"
    r"/(?:docker|containerd|podman|crio)\.sock\b|\bcap_add:|^[ \t-]{0,40}(?:NET|SYS)_ADMIN\b|"
    r"^[ \t]{1,40}devices:",
    re.MULTILINE,
)
_COMPOSE_USER = regex(r"^[ \t]{1,40}user:[ \t]{0,8}[\"']?(?!root\b|0\b)\S", re.MULTILINE)
# What stands behind `docker run` on its line.
RUN = regex(r"\b(?:docker|podman|nerdctl)\s{1,8}run(\s.{0,2000})")
_AS_ANOTHER = regex(r"\s(?:--user|-u)[= ]\s{0,8}[\"']?(?!root\b|0\b)\S")
_WITH_THE_HOST = regex(
    r"\s--(?:privileged\b|pid[= ]host\b|cap-add\b|device\b)|/(?:docker|containerd|podman|crio)\.sock\b"
)


def decides(root: Path | None, stage: Stage, path: str) -> bool:
    """Return whether the project's own files run this image as another user, or on the host's behalf.

    `root` is the build context, `path` the Dockerfile's: an image is known by the last part of its name,
    which is the Dockerfile's folder or a word of the final stage.
    """
    if root is None:
        return False
    words = names_of(stage, root, path)
    return any(_says_so(file, words, PurePosixPath(path), root) for file in project_files(root))


def names_of(stage: Stage, root: Path, path: str) -> set[str]:
    """Return the words by which the last part of the image's name is known."""
    parts = (one for keyword in ("COPY", "ENTRYPOINT", "CMD") for one in stage.inherited(keyword))
    words = {word for one in parts for word in re.findall(r"[\w-]{3,}", one.text)}
    folder, project = PurePosixPath(path).parent.name, root.absolute().name
    words |= {folder, project, f"{project}-{folder}", stage.name or ""}
    # An image's name is written small, whatever the folder's is.
    return words | {word.lower() for word in words}


def is_named(image: str, words: set[str], folder: str) -> bool:
    """Return whether the last part of an image's name is one of the words, or ends in the folder's name."""
    last = image.rpartition("/")[2]
    return not words.isdisjoint({last, last.lower()}) or ("-" in folder and last.endswith(f"-{folder}"))


def _says_so(file: ProjectFile, words: set[str], path: PurePosixPath, root: Path) -> bool:
    if file.is_yaml:
        parts = file.services or DOCUMENTS.split(file.text)
        manifests = parts if "image:" in file.text else []
        return any(_manifest(text, words, path.parent.name, root) for text in manifests) or _compose(
            file, path
        )
    if file.is_page and any(
        _manifest(text, words, path.parent.name, root) for text in file.text.split("```")
    ):
        return True
    return any(_command(line, words, root) for line in file.commands if "run" in line)


def _manifest(text: str, words: set[str], folder: str, root: Path) -> bool:
    if not (_ANOTHER_USER.search(text) or _HOST.search(text)):
        return False
    named = (image for image in images_in(text) if is_named(image, words, folder))
    return any(_BUILT.search(text) or not is_known_of_others(image, root) for image in named)


def images_in(text: str, *, chart: bool = True) -> Iterator[str]:
    """Yield the images that a manifest names, and with `chart` those of a chart's values."""
    for pattern in (_IMAGE, _CHART_IMAGE) if chart else (_IMAGE,):
        yield from (found[1] for found in pattern.finditer(text))


def _compose(file: ProjectFile, path: PurePosixPath) -> bool:
    """Return whether the services that a compose file builds of this file have a user or the host.

    Where no service names the file, all those that are built must have a user.
    """
    built = [part for part in file.services if _BUILT.search(part)]
    named = re.compile(
        rf"^[ \t]{{1,40}}dockerfile:[ \t]{{0,8}}\S{{0,200}}?{re.escape(path.name)}[\"']?[ \t]*$", re.MULTILINE
    )
    own = [part for part in built if path.name != "Dockerfile" and named.search(part)]
    if own:
        return all(_COMPOSE_USER.search(part) or _HOST.search(part) for part in own)
    return bool(built) and all(map(_COMPOSE_USER.search, built))


def _command(line: str, words: set[str], root: Path) -> bool:
    """Return whether a command line runs the image by its name as another user, or with the host."""
    found = RUN.search(line)
    if not found or not (_AS_ANOTHER.search(found[1]) or _WITH_THE_HOST.search(found[1])):
        return False
    return any(image in words for image in images_of(found[1], root))
