"""A stack: how it is recognised, what is asked, what is decided. All of it is data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from dockgen.catalog.loading import documents, line_of
from dockgen.catalog.question import Question
from dockgen.errors import CatalogError
from dockgen.records import field, record
from dockgen.resources import bundled

Node = Mapping[str, Any]

COMMON = "_common.yaml"


@record
class Header:
    """The first document of a stack file: all that detection reads."""

    name: str
    title: str
    version: int
    summary: str
    detect: Sequence[Node]
    path: Path


@record
class Stack:
    """A whole stack file, the common questions put in.

    `facts`, `tables`, `let`, `plan` and `warnings` stay YAML structures with expressions; the functions of
    catalog/expression.py evaluate them. `data` are dated data files of the stack's own, seen as `data.NAME`.
    `workspace` says how several projects share a root, which is then the build context; `library` whether
    nothing starts the project.
    """

    header: Header
    facts: Node
    version: Node | None
    tables: Mapping[str, Sequence[Node]]
    questions: tuple[Question, ...]
    let: Node
    plan: Node
    warnings: Sequence[Node]
    data: Node = field(default_factory=dict)
    workspace: Node | None = None
    library: str | None = None

    @property
    def name(self) -> str:
        """The stack's name, as `--set stack=` takes it."""
        return self.header.name


def stack_files(folders: Sequence[Path] = ()) -> list[Path]:
    """Return the stack files of the given folders and the bundled ones; an earlier name wins."""
    found: dict[str, Path] = {}
    for folder in [*folders, bundled("stacks")]:
        if not folder.is_dir():
            raise CatalogError(
                f"--stacks {folder}: there is no such folder", "name one that holds stack files"
            )
        for path in sorted(folder.iterdir()):
            if path.suffix == ".yaml" and not path.name.startswith("_"):
                found.setdefault(path.stem, path)
    return list(found.values())


@cache
def load_header(path: Path) -> Header:
    """Read a stack file's first document; raise CatalogError with `file:line`."""
    loaded = documents(path, 1)
    node = loaded[0] if loaded else None
    if not isinstance(node, dict):
        raise CatalogError(f"{path}:1: a stack file starts with a document that names the stack")
    _require(path, 0, node, {"name": str, "title": str, "version": int, "detect": list})
    for index, source in enumerate(node["detect"]):
        if not isinstance(source, dict) or not isinstance(source.get("weight"), int):
            line = line_of(path, 0, ["detect", index])
            raise CatalogError(f"{path}:{line}: evidence needs a weight, a whole number")
    if node["name"] != path.stem:
        raise CatalogError(f"{path}:{line_of(path, 0, ['name'])}: the name must be the file's, {path.stem!r}")
    return Header(
        node["name"],
        node["title"],
        node["version"],
        node.get("summary", ""),
        detect=node["detect"],
        path=path,
    )


@cache
def load_stack(path: Path) -> Stack:
    """Read a whole stack file; raise CatalogError with `file:line`."""
    header, loaded = load_header(path), documents(path, 2)
    if len(loaded) < 2 or not isinstance(loaded[1], dict):
        raise CatalogError(f"{path}:1: the second document, with facts, questions and plan, is missing")
    body = loaded[1]
    _require(path, 1, body, {"facts": dict, "questions": dict, "plan": dict})
    common = _common()
    return Stack(
        header=header,
        facts={**common.get("facts", {}), **body["facts"]},
        version=body.get("version"),
        tables={**common.get("tables", {}), **body.get("tables", {})},
        questions=_questions(path, body["questions"], common.get("questions", {})),
        let={**common.get("let", {}), **body.get("let", {})},
        plan={**common.get("plan", {}), **body["plan"]},
        warnings=[*body.get("warnings", []), *common.get("warnings", [])],
        data={
            name: _data(owner, file)
            for owner, node in ((bundled("stacks") / COMMON, common), (path, body))
            for name, file in node.get("data", {}).items()
        },
        workspace=body.get("workspace"),
        library=body.get("library"),
    )


def _data(path: Path, file: str) -> Node:
    """Return the mapping in a data file that a stack names, relative to the stack's folder."""
    found = path.parent / file
    loaded = documents(found, 1)
    if not loaded or not isinstance(loaded[0], dict):
        raise CatalogError(f"{found}:1: a data file is a mapping")
    node: Node = loaded[0]
    return node


def _common() -> Node:
    path = bundled("stacks") / COMMON
    loaded = documents(path, 1)
    return loaded[0] if loaded and isinstance(loaded[0], dict) else {}


def _questions(path: Path, own: Node, common: Node) -> tuple[Question, ...]:
    """A stack's own questions first; one of the same name as a common one changes that one's fields."""
    merged = {**own, **{name: node for name, node in common.items() if name not in own}}
    questions = []
    for name, node in merged.items():
        whole = {**common.get(name, {}), **(node or {})}
        try:
            questions.append(Question.read(name, whole))
        except CatalogError as error:
            line = line_of(path, 1, ["questions", name])
            raise CatalogError(f"{path}:{line}: question {name}: {error.message}") from error
    return tuple(question for question in questions if not question.absent)


_KINDS = {str: "text", int: "a whole number", list: "a list", dict: "a mapping"}


def _require(path: Path, document: int, node: Node, wanted: Mapping[str, type]) -> None:
    for key, kind in wanted.items():
        if not isinstance(node.get(key), kind):
            line = line_of(path, document, [key])
            raise CatalogError(f"{path}:{line}: `{key}` must be there as {_KINDS[kind]}", "write it")
