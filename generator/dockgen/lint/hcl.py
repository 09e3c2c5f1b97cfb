"""As much of HCL as bake files need: blocks, strings, lists, the defaults of variables.

Source: https://github.com/hashicorp/hcl/blob/main/hclsyntax/spec.md and
https://docs.docker.com/build/bake/reference/. What is no constant (function calls, matrices, conditions)
is left out: a value is known or absent, never guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockgen.errors import ProjectError
from dockgen.records import field, record
from dockgen.regexes import regex

Value = str | tuple[str, ...]
_TOKEN = regex(
    r"(?P<blank>\s+|#[^\n]*|//[^\n]*|/\*.*?\*/)"
    r'|(?P<string>"(?:[^"\\\n]|\\.)*")'
    r"|(?P<heredoc><<-?(?P<mark>\w+)\n.*?\n[ \t]*(?P=mark)(?=\n|$))"
    r"|(?P<name>[A-Za-z_][\w.-]*)"
    r"|(?P<other>.)",
    re.DOTALL,
)
_INTERPOLATION = regex(r"\$\{\s*([A-Za-z_]\w*)\s*\}")
_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
_OPEN, _CLOSE = "([{", ")]}"


@record
class Block:
    """A block such as `target "app" { … }`; attributes hold what is constant once variables are put in."""

    kind: str
    label: str
    attributes: dict[str, Value] = field(default_factory=dict)


@record
class _Token:
    kind: str
    text: str


def blocks(text: str) -> list[Block]:
    """Return the blocks of a document; raises ProjectError where brackets don't match."""
    tokens = [
        _Token(match.lastgroup or "", match[0])
        for match in _TOKEN.finditer(text)
        if match.lastgroup != "blank"
    ]
    raw = list(_raw_blocks(tokens))
    variables = {
        block.label: block.attributes["default"]
        for block in (_resolved(kind, label, body, {}) for kind, label, body in raw if kind == "variable")
        if "default" in block.attributes
    }
    return [_resolved(kind, label, body, variables) for kind, label, body in raw]


def _raw_blocks(tokens: list[_Token]) -> Iterator[tuple[str, str, list[_Token]]]:
    at = 0
    while at < len(tokens):
        token = tokens[at]
        following = tokens[at + 1 : at + 3]
        if token.kind == "name" and following and following[0].kind == "string":
            label, opening = _unquoted(following[0].text, {}) or "", at + 2
        else:
            label, opening = "", at + 1
        if token.kind == "name" and opening < len(tokens) and tokens[opening].text == "{":
            end = _closing(tokens, opening)
            yield token.text, label, tokens[opening + 1 : end]
            at = end + 1
        else:
            at += 1


def _closing(tokens: list[_Token], opening: int) -> int:
    depth = 0
    for at in range(opening, len(tokens)):
        depth += (tokens[at].text in _OPEN) - (tokens[at].text in _CLOSE)
        if depth == 0:
            return at
    raise ProjectError("a bracket is never closed", "docker buildx bake --print shows what is wrong")


def _resolved(kind: str, label: str, body: list[_Token], variables: dict[str, Value]) -> Block:
    attributes: dict[str, Value] = {}
    at = 0
    while at + 2 < len(body):
        key, equals = body[at], body[at + 1]
        if equals.text == "=" and key.kind in {"name", "string"}:
            value, at = _value(body, at + 2, variables)
            if value is not None:
                attributes[key.text.strip('"')] = value
        else:
            at = _closing(body, at) + 1 if key.text in _OPEN else at + 1
    return Block(kind, label, attributes)


def _value(body: list[_Token], at: int, variables: dict[str, Value]) -> tuple[Value | None, int]:
    """Return the constant that stands at a place and where it ends."""
    token = body[at]
    if token.text in _OPEN:
        end = _closing(body, at) + 1
        return (_listed(body[at + 1 : end - 1], variables) if token.text == "[" else None), end
    end = at + 1
    if end < len(body) and body[end].text in {"(", "?", "+", "["}:
        # An expression that only bake can work out.
        return None, _closing(body, end) + 1 if body[end].text in _OPEN else end
    return _scalar(token, variables), end


def _listed(tokens: list[_Token], variables: dict[str, Value]) -> tuple[str, ...] | None:
    values = [_scalar(token, variables) for token in tokens if token.text != ","]
    return tuple(v for v in values if isinstance(v, str)) if all(isinstance(v, str) for v in values) else None


def _scalar(token: _Token, variables: dict[str, Value]) -> Value | None:
    if token.kind == "string":
        return _unquoted(token.text, variables)
    if token.kind == "heredoc":
        return token.text.partition("\n")[2].rpartition("\n")[0]
    return variables.get(token.text) if token.kind == "name" else None


def _unquoted(text: str, variables: dict[str, Value]) -> str | None:
    """Return a string's value, None where it needs what is not known."""
    inner = _INTERPOLATION.sub(lambda m: str(variables.get(m[1], m[0])), text[1:-1])
    if "${" in inner or "%{" in inner:
        return None
    return re.sub(r"\\(.)", lambda m: _ESCAPES.get(m[1], m[1]), inner)
