"""Which packages a step installs with the distribution's package manager, and which it takes away again."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from dockgen.dockerfile.model import Instruction, Span
from dockgen.dockerfile.remembered import remembered
from dockgen.lint.knowledge.steps import Argument, Step, steps
from dockgen.records import record
from dockgen.regexes import regex

_INSTALL = {
    "apt-get": {"install"}, "apt": {"install"}, "aptitude": {"install"}, "apk": {"add"},
    "yum": {"install", "localinstall", "groupinstall"}, "dnf": {"install", "groupinstall"},
    "microdnf": {"install"}, "tdnf": {"install"}, "zypper": {"install", "in"},
    "install_packages": set(),
}  # fmt: skip
_APT = {"apt-get", "apt", "aptitude"}
_SWEEPS = {"autoremove", "auto-remove", "autopurge", "--auto-remove", "--autoremove"}
_REMOVE = {"remove", "purge", "autoremove", "auto-remove", "del", "erase", "autopurge", "undo", "rm"}
# Options that take the next word as their value.
_VALUED = {
    "-t", "--target-release", "-o", "--option", "-c", "--virtual", "-X", "--repository", "-p",
    "--root", "--repositories-file", "--keys-dir", "--enablerepo", "--disablerepo", "--setopt",
    "--installroot", "--releasever", "-a", "--arch",
}  # fmt: skip
# What turns source into programs.
COMPILERS = {
    "gcc", "g++", "clang", "build-essential", "build-base", "alpine-sdk", "gcc-c++", "cmake",
    "golang", "golang-go", "rustc", "cargo", "rust", "go", "gfortran",
}  # fmt: skip
_LONGEST_NAME = 200
_PACKAGE = regex(r"@?([A-Za-z0-9][\w.+-]*?)(?::\w+)?(?:/[\w-]+|@[\w-]+|(?:[=~<>]+)([\w.:+~*-]+))?")


@record
class Package:
    """One package as a step installs it; `version` is what stands behind `=`, `~` and the like."""

    manager: str
    name: str
    version: str | None
    word: Argument

    @property
    def span(self) -> Span:
        """Where the package stands in the Dockerfile."""
        return self.word.span


# Several rules ask for the same packages.
@remembered(most=16_384)
def kept_packages(instruction: Instruction) -> tuple[Package, ...]:
    """Return the packages that a RUN leaves in its layer, but for those that it may skip."""
    done = steps(instruction)
    groups = _removed(done)
    if any("$" in name for name in groups):
        return ()
    swept = _swept(done)
    return tuple(
        package
        for index, step in enumerate(done)
        if "branch" not in step.command.within and not (_virtual(step) & groups)
        for package in packages(step)
        if package.name not in groups and not (index < swept and step.name in _APT)
    )


def packages(step: Step) -> Iterator[Package]:
    """Yield what one command installs."""
    wanted = _INSTALL.get(step.name)
    if wanted is None:
        return
    words = list(_operands(step.args))
    if wanted:
        if not words or words[0].text not in wanted:
            return
        words = words[1:]
    for word in words:
        if len(word.text) > _LONGEST_NAME:
            continue
        # squid=${SQUID_VERSION}*: the name is known, the version is not.
        name, _, version = word.text.partition("=")
        match = _PACKAGE.fullmatch(name if "$" in version else word.text)
        if match:
            yield Package(step.name, match[1], match[2], word)


def _operands(args: tuple[Argument, ...]) -> Iterator[Argument]:
    """Yield the words that are neither options nor their values."""
    skip = False
    for arg in args:
        if skip:
            skip = False
        elif arg.text.startswith("-") and arg.text != "-":
            skip = arg.text in _VALUED
        else:
            yield arg


def _virtual(step: Step) -> set[str]:
    """Return the name of the group that `apk add --virtual` (`-t`) gives to what it installs."""
    if step.name != "apk":
        return set()
    texts = [arg.text for arg in step.args]
    named = {text.partition("=")[2] for text in texts if text.startswith("--virtual=")}
    return named | {after for text, after in pairwise(texts) if text in {"--virtual", "-t"}}


def _swept(done: tuple[Step, ...]) -> int:
    """Return before which step apt's packages go again, 0 for none.

    `apt-mark auto '.*'` makes all of them unneeded; what the programs built with them load is kept by name.
    """
    marked = False
    for index, step in enumerate(done):
        words = [arg.text for arg in step.args]
        marked = marked or (step.name == "apt-mark" and words[:2] == ["auto", ".*"])
        if marked and step.name in _APT and _SWEEPS.intersection(words):
            return index
    return 0


def _removed(done: tuple[Step, ...]) -> set[str]:
    names: set[str] = set()
    for step in done:
        words = [word.text for word in _operands(step.args)] if step.name in _INSTALL else []
        if any(word in _REMOVE for word in words[:2]):
            names.update(words[1:])
    return names
