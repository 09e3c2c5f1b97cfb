"""The small language of stack files: `{{ … }}` in strings, and bare in `when:`.

Python's expression grammar, interpreted by us on a white list of nodes: names, literals, attributes of
mappings, `and or not in == < + if-else`, comprehension-free, and calls of the functions below. It cannot
loop, assign, reach Python's objects, or grow a value without bound.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from dockgen.catalog.functions import FUNCTIONS
from dockgen.errors import CatalogError
from dockgen.regexes import regex

Value = Any
Scope = Mapping[str, Value]

_PLACEHOLDER = regex(r"\{\{(.*?)\}\}", re.DOTALL)
_MAX_LENGTH = 2_000
_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Is: operator.is_,
    ast.IsNot: operator.is_not,
    ast.In: lambda item, whole: whole is not None and item in whole,
    ast.NotIn: lambda item, whole: whole is None or item not in whole,
}


class ExpressionError(CatalogError):
    """An expression of a stack file is wrong or does not fit its values."""


@lru_cache(maxsize=4096)
def _parse(source: str) -> ast.expr:
    if len(source) > _MAX_LENGTH:
        raise ExpressionError(f"an expression is longer than {_MAX_LENGTH} characters")
    try:
        return ast.parse(source.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise ExpressionError(f"cannot read the expression {source.strip()!r}: {error}") from error


def evaluate(source: str, scope: Scope) -> Value:
    """Return the value of one expression; raise ExpressionError where it is not of the language."""
    try:
        return _value(_parse(source), scope)
    except (TypeError, ValueError, KeyError, IndexError, RecursionError, re.error) as error:
        raise ExpressionError(f"the expression {source.strip()!r} failed: {error}") from error


def expand(text: str, scope: Scope) -> Value:
    """Put values into a string; a string that is one placeholder alone gives the value itself."""
    whole = _PLACEHOLDER.fullmatch(text.strip())
    if whole and "}}" not in whole[1]:
        return evaluate(whole[1], scope)
    return _PLACEHOLDER.sub(lambda found: _text(evaluate(found[1], scope)), text)


def build(node: Value, scope: Scope) -> Value:
    """Evaluate a whole YAML structure.

    A list item `{when: …, value: …}` is left out where its condition fails; `{each: …, value: …}` stands
    for one item per element, which `value` sees as `item`. A mapping entry `{when: …, value: …}` likewise.
    """
    if isinstance(node, str):
        return expand(node, scope) if "{{" in node else node
    if isinstance(node, Mapping):
        built = {key: _guarded(value, scope) for key, value in node.items()}
        return {key: value[0] for key, value in built.items() if value}
    if isinstance(node, Sequence):
        return [item for entry in node for item in _guarded(entry, scope)]
    return node


def condition(source: Value, scope: Scope) -> bool:
    """Return whether a `when:` holds; a missing one does."""
    return bool(evaluate(source, scope)) if isinstance(source, str) else source is None or bool(source)


@lru_cache(maxsize=4096)
def names(source: str) -> frozenset[tuple[str, str | None]]:
    """Return (name, attribute) of every variable that an expression reads, for checking a stack file."""
    tree = _parse(source)
    owners = {
        node.value.id: node.attr
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    found = {
        (node.value.id, node.attr)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name)
    }
    calls = {
        node.func.id
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)
    }
    plain = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - set(owners) - calls
    return frozenset(found | {(name, None) for name in plain})


def placeholders(text: str) -> list[str]:
    """Return the expressions inside a string."""
    return [found[1] for found in _PLACEHOLDER.finditer(text)]


def _guarded(entry: Value, scope: Scope) -> list[Value]:
    if isinstance(entry, Mapping) and "value" in entry and entry.keys() <= {"value", "when", "each"}:
        if "each" not in entry:
            return [build(entry["value"], scope)] if condition(entry.get("when"), scope) else []
        items = evaluate(entry["each"], scope) or []
        inner = [{**scope, "item": item} for item in items]
        return [build(entry["value"], each) for each in inner if condition(entry.get("when"), each)]
    return [build(entry, scope)]


def _text(value: Value) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


def _value(node: ast.expr, scope: Scope) -> Value:
    handler = _HANDLERS.get(type(node))
    if handler is None:
        raise ExpressionError(f"{type(node).__name__} is not part of the expression language")
    return handler(node, scope)


def _name(node: ast.Name, scope: Scope) -> Value:
    if node.id not in scope:
        raise ExpressionError(
            f"unknown name {node.id!r} in an expression; there are {', '.join(sorted(scope))}"
        )
    return scope[node.id]


def _attribute(node: ast.Attribute, scope: Scope) -> Value:
    owner = _value(node.value, scope)
    if owner is None:
        return None
    if not isinstance(owner, Mapping):
        raise ExpressionError(f"{ast.unparse(node.value)} has no field {node.attr!r}")
    return owner.get(node.attr)


def _subscript(node: ast.Subscript, scope: Scope) -> Value:
    owner, key = _value(node.value, scope), _value(node.slice, scope)
    if isinstance(owner, Mapping):
        return owner.get(key)
    return owner[key] if owner is not None and -len(owner) <= key < len(owner) else None


def _boolean(node: ast.BoolOp, scope: Scope) -> Value:
    stop_on = isinstance(node.op, ast.Or)
    value: Value = None
    for part in node.values:
        value = _value(part, scope)
        if bool(value) is stop_on:
            return value
    return value


def _unary(node: ast.UnaryOp, scope: Scope) -> Value:
    if isinstance(node.op, ast.Not):
        return not _value(node.operand, scope)
    if isinstance(node.op, ast.USub):
        return -_value(node.operand, scope)
    raise ExpressionError(f"{type(node.op).__name__} is not part of the expression language")


def _binary(node: ast.BinOp, scope: Scope) -> Value:
    if not isinstance(node.op, ast.Add):
        raise ExpressionError("only + joins or adds values")
    left, right = _value(node.left, scope), _value(node.right, scope)
    if isinstance(left, Mapping) and isinstance(right, Mapping):
        return {**left, **right}
    if isinstance(left, (list, tuple)):
        return [*left, *right]
    return left + right


def _compare(node: ast.Compare, scope: Scope) -> bool:
    left = _value(node.left, scope)
    for operation, part in zip(node.ops, node.comparators, strict=True):
        right = _value(part, scope)
        if not _COMPARE[type(operation)](left, right):
            return False
        left = right
    return True


def _call(node: ast.Call, scope: Scope) -> Value:
    if not isinstance(node.func, ast.Name) or node.func.id not in FUNCTIONS or node.keywords:
        raise ExpressionError(
            f"{ast.unparse(node.func)} is not a function; there are {', '.join(sorted(FUNCTIONS))}"
        )
    return FUNCTIONS[node.func.id](*[_value(argument, scope) for argument in node.args])


_HANDLERS: dict[type[ast.expr], Callable[[Any, Scope], Value]] = {
    ast.Constant: lambda node, _: node.value,
    ast.Name: _name,
    ast.Attribute: _attribute,
    ast.Subscript: _subscript,
    ast.BoolOp: _boolean,
    ast.UnaryOp: _unary,
    ast.BinOp: _binary,
    ast.Compare: _compare,
    ast.Call: _call,
    ast.List: lambda node, scope: [_value(item, scope) for item in node.elts],
    ast.Tuple: lambda node, scope: [_value(item, scope) for item in node.elts],
    ast.Dict: lambda node, scope: {
        _value(key, scope): _value(value, scope)
        for key, value in zip(node.keys, node.values, strict=True)
        if key is not None
    },
    ast.IfExp: lambda node, scope: _value(node.body if _value(node.test, scope) else node.orelse, scope),
}
