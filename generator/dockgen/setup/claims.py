"""Which folders of a repository stacks claim, each by a file of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dockgen.catalog.detection import STRONG, Candidate, detect
from dockgen.catalog.stack import Header
from dockgen.project import patterns
from dockgen.project.select import as_list
from dockgen.project.tree import Tree
from dockgen.records import record
from dockgen.regexes import regex

MAX_CLAIMS = 200
# What helps to make, test or show an app is none itself; nor are other people's code and what a tool keeps.
_ASIDE = regex(
    r"(?:^|/)(?:\.[^/]*|_?examples?|samples?|demos?|playground|_*tests?_*|testing|e2e|integration|fixtures?|testdata"
    r"|spec|tools?|scripts?|hack|ci|contrib|third_party|vendor|bench(?:mark)?s?|fuzz(?:ing)?|templates?)"
    r"(?:/|$)"
)


@record
class Claim:
    """A folder by its POSIX path, '' for the repository itself, and the stacks that claim it, best first."""

    folder: str
    candidates: tuple[Candidate, ...]

    @property
    def says(self) -> str:
        """By what the folder was recognised."""
        return "; ".join(candidate.evidence[0].says for candidate in self.candidates)


@record
class Claims:
    """All claims, outer folders first; `aside` was left out by name, `more` counts folders not looked at."""

    found: tuple[Claim, ...]
    aside: tuple[str, ...]
    more: int = 0


def claims_of(tree: Tree, headers: Sequence[Header]) -> Claims:
    """Return the folders of a repository in which a stack has a file that tells of it."""
    folders = sorted(_marked(tree, headers), key=lambda folder: (folder.count("/") if folder else -1, folder))
    aside = [folder for folder in folders if _ASIDE.search(folder)]
    kept = [folder for folder in folders if folder not in aside]
    claims = (Claim(folder, detect(tree.subtree(folder), headers).strong) for folder in kept[:MAX_CLAIMS])
    return Claims(
        tuple(claim for claim in claims if claim.candidates), tuple(_outermost(aside)), len(kept[MAX_CLAIMS:])
    )


def faint_claim(tree: Tree, headers: Sequence[Header]) -> Claim:
    """Return what speaks for the repository itself as one app, however faint."""
    return Claim("", detect(tree, headers).candidates)


def _marked(tree: Tree, headers: Sequence[Header]) -> set[str]:
    """Return the folders that hold a file by whose name alone a stack is recognised."""
    tests = [patterns.matcher(str(pattern)) for pattern in _names(headers)]
    known: dict[str, bool] = {}
    marked = set()
    for path in tree.files:
        folder, _, name = path.rpartition("/")
        if name not in known:
            known[name] = any(test(name) for test in tests)
        if known[name]:
            marked.add(folder)
    return marked


def _names(headers: Sequence[Header]) -> Iterator[object]:
    for source in (source for header in headers for source in header.detect):
        if source["weight"] >= STRONG:
            yield from as_list(source.get("file", source.get("glob")))


def _outermost(folders: Sequence[str]) -> list[str]:
    """Return the folders that are left out by their own names, once each, for what lies below them."""
    found = (folder[: match.end()].rstrip("/") for folder in folders if (match := _ASIDE.search(folder)))
    return list(dict.fromkeys(found))
