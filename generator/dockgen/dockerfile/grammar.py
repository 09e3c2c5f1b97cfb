"""From tree-sitter-bash's tree to commands; walked with a stack of our own, so no nesting is too deep."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockgen.dockerfile.command import Argument, Assignment, Command, Redirect
from dockgen.dockerfile.nodes import REDIRECTS, Nodes
from dockgen.dockerfile.script import Script
from dockgen.dockerfile.syntax_tree import syntax_tree
from dockgen.records import record, replace

if TYPE_CHECKING:
    from tree_sitter import Node

_DEEPEST = 60
_MOST_COMMANDS = 10_000

_OPERATORS = frozenset({"&&", "||", ";", "&", "|", "|&"})
# After these a new list begins.
_OPENINGS = frozenset({"then", "do", "else", "elif", "in", "if", "while", "until", ";;", ")"})
_HOLDERS = {
    "subshell": "subshell",
    "command_substitution": "substitution",
    "process_substitution": "substitution",
    "function_definition": "function",
    "for_statement": "loop",
    "c_style_for_statement": "loop",
    "while_statement": "loop",
    "if_statement": "branch",
    "case_statement": "branch",
}
_ASSIGNING = frozenset({"variable_assignment", "variable_assignments"})
_DECLARING = frozenset({"declaration_command", "unset_command", "test_command"})
# Of these a redirection belongs to the last part alone.
_CHAINS = frozenset({"list", "pipeline", "negated_command"})
# Nothing runs inside these.
_PLAIN = frozenset({"word", "number", "raw_string", "string_content", "variable_name", "comment"})


class _Pipe:
    """One pipeline: its number, and the last command of each of its parts so far."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.last: dict[int, Command] = {}


@record
class _Place:
    """Where a node stands, and what a redirection around it adds."""

    within: tuple[str, ...]
    connector: str = ""
    pipes: tuple[tuple[_Pipe, int], ...] = ()
    redirects: tuple[Redirect, ...] = ()
    arguments: tuple[Argument, ...] = ()


_Todo = list[tuple["Node", _Place]]


def read_script(script: Script, within: tuple[str, ...], numbers: Iterator[int]) -> list[Command]:
    """Return a script's commands in written order; `numbers` are those of the pipelines."""
    return _Walk(script, numbers).commands(within)


class _Walk:
    """One walk over one script."""

    def __init__(self, script: Script, numbers: Iterator[int]) -> None:
        self._script = script
        self._nodes = Nodes(script)
        self._numbers = numbers
        self._found: list[Command] = []
        self._stack: _Todo = []

    def commands(self, within: tuple[str, ...]) -> list[Command]:
        """Return the commands."""
        root = syntax_tree(self._nodes.text.encoded)
        if root is not None:
            self._stack.append((root, _Place(within)))
        while self._stack and len(self._found) < _MOST_COMMANDS:
            node, place = self._stack.pop()
            self._stack += reversed(self._visit(node, place))
        return self._found

    def _visit(self, node: Node, place: _Place) -> _Todo:
        """Add the command that a node is; return what there is to visit in it, in written order."""
        kind = node.type
        if kind == "command":
            return self._command(node, place)
        if kind in _DECLARING:
            return self._declaration(node, place)
        if kind in _ASSIGNING:
            return self._assignments(node, place)
        if kind == "redirected_statement":
            return self._redirected(node, place)
        if kind == "pipeline":
            return self._pipeline(node, place, _Pipe(next(self._numbers)))
        if kind in _HOLDERS:
            if len(place.within) >= _DEEPEST:
                return []
            place = replace(place, within=(*place.within, _HOLDERS[kind]))
        return _sequence(node, place)

    def _pipeline(self, node: Node, place: _Place, pipe: _Pipe) -> _Todo:
        """Return the parts of a pipeline; behind a here-document it begins with its `|`."""
        position = 0
        connector = place.connector
        todo: _Todo = []
        for child in node.children:
            if child.type in ("|", "|&"):
                connector = child.type
                position += 1
            elif child.is_named:
                pipes = (*place.pipes, (pipe, position))
                todo.append(
                    (child, replace(place, connector=connector, pipes=pipes, redirects=(), arguments=()))
                )
        if todo:
            last, its_place = todo[-1]
            todo[-1] = (last, replace(its_place, redirects=place.redirects, arguments=place.arguments))
        return todo

    def _redirected(self, node: Node, place: _Place) -> _Todo:
        """Return a statement with its redirections, and what a here-document's line holds behind it."""
        redirects: list[Redirect] = []
        arguments: list[Argument] = []
        behind: _Todo = []
        pipe = _Pipe(next(self._numbers))
        documents = False
        for child in node.children:
            if child.type in REDIRECTS:
                redirects += self._nodes.redirects(child)
                arguments += self._nodes.behind_redirect(child)
                behind += self._behind_redirect(child, place, pipe)
                documents = documents or child.type == "heredoc_redirect"
        inner = replace(
            place,
            redirects=(*redirects, *place.redirects),
            arguments=(*arguments, *place.arguments),
            pipes=(*place.pipes, (pipe, 0)) if documents else place.pipes,
        )
        body = node.child_by_field_name("body")
        if body is None:
            self._add(node, inner, inner.arguments)
            return behind
        return [(body, inner), *behind]

    def _behind_redirect(self, node: Node, place: _Place, pipe: _Pipe) -> _Todo:
        """Return what else a redirection runs: substitutions, and what stands behind `<<EOF` in its line."""
        operator = ""
        todo: _Todo = []
        for child in node.children:
            if child.type == "pipeline":
                todo += self._pipeline(child, _Place(place.within, "", place.pipes), pipe)
            elif child.type in _OPERATORS:
                operator = child.type
            elif child.is_named and child.child_count:
                connector = operator if child.type not in REDIRECTS else ""
                todo.append((child, _Place(place.within, connector)))
        return todo

    def _command(self, node: Node, place: _Place) -> _Todo:
        argv: list[Argument] = []
        assignments: list[Assignment] = []
        redirects: list[Redirect] = []
        todo: list[Node] = []
        for child in node.children:
            kind = child.type
            if kind == "variable_assignment":
                assignments.append(self._nodes.assignment(child))
                todo += child.named_children
                continue
            if kind in REDIRECTS:
                redirects += self._nodes.redirects(child)
            elif child.is_named and kind != "comment":
                argv.append(self._nodes.argument(child.children[0] if kind == "command_name" else child))
            if kind not in _PLAIN:
                todo.append(child)
        self._add(node, place, (*argv, *place.arguments), tuple(assignments), tuple(redirects))
        inner = _Place(place.within)
        return [(child, inner) for child in todo if child.child_count and child.type not in _PLAIN]

    def _declaration(self, node: Node, place: _Place) -> _Todo:
        """Add export, local, unset and their like, and tests."""
        assigned = [child for child in node.children if child.type == "variable_assignment"]
        argv = (*self._nodes.test_words(node), *place.arguments)
        self._add(node, place, argv, tuple(self._nodes.assignment(child) for child in assigned))
        inner = [
            part for child in node.children for part in (child.children if child in assigned else [child])
        ]
        return [(part, _Place(place.within)) for part in inner if part.child_count]

    def _assignments(self, node: Node, place: _Place) -> _Todo:
        """Add assignments that stand alone."""
        nodes = [node] if node.type == "variable_assignment" else node.named_children
        nodes = [one for one in nodes if one.type == "variable_assignment"]
        found = tuple(self._nodes.assignment(one) for one in nodes)
        self._add(node, place, place.arguments, found)
        inner = [child for one in nodes for child in one.named_children if child.child_count]
        return [(child, _Place(place.within)) for child in inner]

    def _add(
        self,
        node: Node,
        place: _Place,
        argv: tuple[Argument, ...],
        assignments: tuple[Assignment, ...] = (),
        redirects: tuple[Redirect, ...] = (),
    ) -> None:
        """Add a command, linked with the one whose output it reads."""
        start, end = self._nodes.text.bounds(node)
        pipes = place.pipes
        before = (pipe.last.get(index - 1) for pipe, index in reversed(pipes) if index)
        command = Command(
            argv,
            assignments,
            (*redirects, *place.redirects),
            connector=place.connector,
            pipeline=pipes[-1][0].number if pipes else next(self._numbers),
            position=pipes[-1][1] if pipes else 0,
            piped_from=next((one for one in before if one), None),
            within=place.within,
            start=start,
            end=end,
            script=self._script,
        )
        for held, index in pipes:
            held.last[index] = command
        self._found.append(command)


def _sequence(node: Node, place: _Place) -> _Todo:
    """Return a node's children, each with what stands before it."""
    chain = node.type in _CHAINS
    children = node.children
    connector = "" if node.type in ("command_substitution", "process_substitution") else place.connector
    todo: _Todo = []
    for index, child in enumerate(children):
        kind = child.type
        if kind in _OPERATORS:
            connector = kind
        elif kind in _OPENINGS:
            connector = ""
        elif child.is_named and kind not in _PLAIN:
            within = place.within
            if within and node.field_name_for_child(index) == "condition":
                within = (*within[:-1], "condition")
            if chain and index < len(children) - 1:
                todo.append((child, _Place(within, connector, place.pipes)))
            else:
                todo.append((child, _Place(within, connector, place.pipes, place.redirects, place.arguments)))
            connector = ";"
    return todo
