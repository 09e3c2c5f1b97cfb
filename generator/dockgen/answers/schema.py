"""JSON Schema (2020-12) of a stack's answers, for editors and CI."""

from __future__ import annotations

from typing import Any

from dockgen.catalog.question import Question
from dockgen.catalog.stack import Stack

_MOUNT = {
    "type": "object",
    "properties": {"id": {"type": "string"}, "env": {"type": "string"}, "target": {"type": "string"}},
    "required": ["id"],
    "additionalProperties": False,
}
_TYPES: dict[str, dict[str, Any]] = {
    "string": {"type": "string"},
    "choice": {"type": "string"},
    "version": {"type": ["string", "number"]},
    "integer": {"type": "integer"},
    "boolean": {"type": "boolean"},
    "list": {"type": "array", "items": {"type": "string"}},
    "map": {"type": "object", "additionalProperties": {"type": ["string", "number"]}},
    "mounts": {"type": "array", "items": _MOUNT},
}


def schema_of(stack: Stack) -> dict[str, Any]:
    """Return the schema of the `answers` of dockgen.yaml for one stack."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": f"Answers of dockgen's stack {stack.name}",
        "type": "object",
        "properties": {question.name: _property(stack, question) for question in stack.questions},
        "additionalProperties": False,
    }


def _property(stack: Stack, question: Question) -> dict[str, Any]:
    node: dict[str, Any] = {"title": question.prompt, **_TYPES[question.kind]}
    if question.help:
        node["description"] = question.help
    if question.table:
        node["enum"] = [str(row["name"]) for row in stack.tables[question.table]]
    elif isinstance(question.choices, list):
        node["enum"] = [str(choice) for choice in question.choices]
    if question.pattern and question.kind == "string":
        # An empty text stands for "none", as at the prompt.
        node["pattern"] = f"^({question.pattern})$" if question.required else f"^({question.pattern})?$"
    if question.items and question.kind == "list":
        node["items"] = {"type": "string", "pattern": f"^({question.items})$"}
    if question.items and question.kind == "map":
        node["propertyNames"] = {"pattern": f"^({question.items})$"}
    limits = {"minimum": question.minimum, "maximum": question.maximum}
    return node | {key: value for key, value in limits.items() if value is not None}
