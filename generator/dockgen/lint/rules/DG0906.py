"""DG0906: apt-get installs recommended packages that nobody asked for.

*Why*

A package's recommendations are what its maintainer thinks useful on a desktop. In an image they are megabytes
and vulnerabilities: `git` brings an SSH client and `less`, `python3-pip` a whole compiler.

*Bad*

```dockerfile
FROM debian:trixie-20261005-slim
RUN apt-get update && apt-get install -y ca-certificates git
CMD ["git", "daemon"]
```

*Good*

```dockerfile
FROM debian:trixie-20261005-slim
RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates git
CMD ["git", "daemon"]
```

*When it is fine*

In build stages, in images that start nothing by themselves, for packages that the build itself brings,
and for those that are known to recommend nothing. By default it is told only where a package is known to
bring 5 MB and more, in Debian; hadolint's DL3015 tells the others.
Where the program needs a recommendation, name that one.

*References*

- https://docs.docker.com/build/building/best-practices/#apt-get
- hadolint DL3015
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from dockgen.dockerfile.model import Dockerfile, Instruction
from dockgen.lint.analysis.runs import Call, calls
from dockgen.lint.knowledge.apt_settings import leave_recommendations_out
from dockgen.lint.knowledge.debian_packages import recommended_megabytes, without_recommendations
from dockgen.lint.knowledge.packages import Package, kept_packages
from dockgen.lint.knowledge.stages import is_workshop, runs_something
from dockgen.lint.model import Context, Edit, Finding, Fix, Profile, Rule, Severity
from dockgen.regexes import regex

RULE = Rule("DG0906", "recommended-packages", Severity.INFO)
_PROGRAMS = regex(r"\bapt(?:-get)?\b")
# Commands that only look or download, and options that say the very thing, or that it is wanted.
_OTHER = regex(
    r"--(?:no-)?install-(?:recommends|\{).*|(?:-o=?)?APT::Install-Recommends.*|-[a-z]*[sd][a-z]*|"
    r"--simulate|--dry-run|--print-uris|--download-only|--only-upgrade"
)
# Suggested packages are another thing, and left out anyway. With a word on recommendations it is a choice.
_SUGGESTS = regex(r"--(?:no-)?install-suggests")
_RECOMMENDS = regex(r"(?i)recommend")


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield each apt-get install of the final image that takes recommendations along."""
    final = dockerfile.final_stage
    if final is None or not runs_something(final) or is_workshop(dockerfile):
        return
    if leave_recommendations_out(final):
        return
    for stage in final.lineage:
        for instruction in stage.instructions:
            for call in calls(instruction, _PROGRAMS):
                place = _install_place(call)
                if place is None or _chooses(call, dockerfile):
                    continue
                known = _known(call, kept_packages(instruction))
                if known or context.profile is Profile.STRICT:
                    yield _finding(instruction, call, place, known)


def _chooses(call: Call, dockerfile: Dockerfile) -> bool:
    """Return whether only suggestions are named where the file elsewhere says what of recommendations."""
    if not any(map(_SUGGESTS.fullmatch, call.words)):
        return False
    said = [one.text for one in dockerfile.comments] + [one.text for one in dockerfile.instructions]
    return any(map(_RECOMMENDS.search, said))


def _install_place(call: Call) -> int | None:
    """Return where the word `install` stands in an apt-get command without the option."""
    words = call.words
    if words[0] not in {"apt-get", "apt"} or "install" not in words or any(map(_OTHER.fullmatch, words[1:])):
        return None
    operands = [word for word in words if not word.startswith("-")]
    # Packages of the build's own: whoever made them knows what they recommend.
    if operands[2:] and all(one.endswith(".deb") and "/" in one for one in operands[2:]):
        return None
    # What recommends nothing is the same with the option.
    if operands[2:] and all(one.partition("=")[0] in without_recommendations() for one in operands[2:]):
        return None
    return words.index("install") if len(operands) > 2 and operands[1] == "install" else None


def _known(call: Call, kept: Collection[Package]) -> str:
    """Return what the package that brings most brings along; empty where of none it is known.

    What the step takes away again goes with all that came along.
    """
    sizes = recommended_megabytes()
    words = {word.partition("=")[0].partition(":")[0] for word in call.words[1:]}
    names = sorted(words & {package.name.partition(":")[0] for package in kept})
    size, name = max(((sizes.get(name, 0), name) for name in names), default=(0, ""))
    return f": {name} alone brings about {size} MB" if size else ""


def _finding(instruction: Instruction, call: Call, place: int, known: str) -> Finding:
    span = call.place(place)
    text = "install --no-install-recommends"
    return RULE.at(
        span or instruction.span,
        f"{call.words[0]} installs recommended packages along with those that are named{known}",
        mend="add --no-install-recommends",
        fix=Fix("leave recommendations out", (Edit(span, text),), safe=False) if span else None,
    )
