"""Which image a `docker run` starts, by the order of its words.

Source: https://docs.docker.com/reference/cli/docker/container/run/ and podman-run(1).
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from dockgen.lint.knowledge.own_images import is_known_of_others
from dockgen.regexes import regex

_WORD = regex(r"(?:\"[^\"]*\"|'[^']*'|\$\([^()]*\)|`[^`]*`|[^\s\"'])+")
_NAME = regex(r"[\w./-]{2,200}")
_IMAGE = regex(r"[\w./:@-]{1,300}")
# Long options that stand alone; all others take the next word as their value.
_ALONE = frozenset({
    "--detach", "--disable-content-trust", "--help", "--init", "--interactive", "--no-healthcheck",
    "--no-hosts", "--oom-kill-disable", "--privileged", "--publish-all", "--quiet", "--read-only",
    "--replace", "--rm", "--rmi", "--sig-proxy", "--tty",
})  # fmt: skip
# A cluster of short options whose last takes the next word.
_SHORT = regex(r"-[a-zA-Z]{0,8}[acehlmpuvw]")


def images_of(arguments: str, root: Path) -> Iterator[str]:
    """Yield the last part of what may be the image's name behind `docker run`.

    It is the first word that is no option. Where that is a variable or a stand-in, each word may be the name;
    a well-known image of somebody else's is none of the project's.
    """
    image = _image(arguments)
    if image is None or not _IMAGE.fullmatch(image):
        yield from (word.partition(":")[0].rpartition("/")[2] for word in _NAME.findall(arguments))
        return
    name = image.partition("@")[0]
    name = name.rpartition(":")[0] if ":" in name.rpartition("/")[2] else name
    if not is_known_of_others(name, root):
        yield name.rpartition("/")[2]


def _image(arguments: str) -> str | None:
    value = False
    for found in _WORD.finditer(arguments):
        word = found[0]
        if value:
            value = False
        elif word.startswith("--"):
            value = "=" not in word and word not in _ALONE
        elif word.startswith("-"):
            value = _SHORT.fullmatch(word) is not None
        elif word != "\\":
            return word.strip("\"'`")
    return None
