"""Single nodes of tree-sitter-bash's tree as words, assignments and redirections."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from dockgen.dockerfile.command import Argument, Assignment, Redirect
from dockgen.dockerfile.script import Script
from dockgen.dockerfile.shell_words import Text

if TYPE_CHECKING:
    from tree_sitter import Node

REDIRECTS = frozenset({"file_redirect", "heredoc_redirect", "herestring_redirect"})
_EXPRESSIONS = frozenset({"unary_expression", "binary_expression", "parenthesized_expression"})


class Nodes:
    """Reads the nodes of one script."""

    def __init__(self, script: Script) -> None:
        self._script = script
        self.text = Text(script.text)

    def argument(self, node: Node) -> Argument:
        """Return a node as a word."""
        text, static = self.text.value(node)
        start, end = self.text.bounds(node)
        return Argument(text, static, start, end, self._script)

    def assignment(self, node: Node) -> Assignment:
        """Return a `name=value` node."""
        name = node.child_by_field_name("name")
        value = node.child_by_field_name("value")
        return Assignment(
            self.text.of(name) if name else "",
            self.argument(value) if value else None,
            self._script.locate(*self.text.bounds(node)),
        )

    def redirects(self, node: Node) -> Iterator[Redirect]:
        """Yield the redirections of a node: a here-document's node may hold more of them."""
        operator = next((child.type for child in node.children if not child.is_named), "")
        descriptor = node.child_by_field_name("descriptor")
        target = self._target(node)
        yield Redirect(
            operator,
            self.text.of(descriptor) if descriptor else "",
            self.argument(target) if target else None,
        )
        for child in node.children if node.type == "heredoc_redirect" else ():
            if child.type in REDIRECTS:
                yield from self.redirects(child)

    def _target(self, node: Node) -> Node | None:
        if node.type == "file_redirect":
            return node.child_by_field_name("destination")
        if node.type == "herestring_redirect":
            return node.children[-1]
        return next((child for child in node.children if child.type == "heredoc_body"), None)

    def behind_redirect(self, node: Node) -> list[Argument]:
        """Return the arguments behind a redirection: the grammar takes them for more targets of it."""
        if node.type == "file_redirect":
            return [self.argument(one) for one in node.children_by_field_name("destination")[1:]]
        found = [self.argument(one) for one in node.children_by_field_name("argument")]
        for child in node.children:
            if child.type == "file_redirect":
                found += self.behind_redirect(child)
        return found

    def test_words(self, node: Node) -> list[Argument]:
        """Return the words of a test, operators included, in written order."""
        found: list[Argument] = []
        pending = [node]
        while pending:
            one = pending.pop()
            if one is node or one.type in _EXPRESSIONS:
                pending += reversed(one.children)
            else:
                found.append(self.argument(one))
        return found
