"""Answers in files: dockgen.yaml, `--answers FILE` and `--set key=value`."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dockgen.catalog.loading import loader
from dockgen.errors import AnswerError
from dockgen.output.scalar import scalar
from dockgen.project.document import Document
from dockgen.project.reading import is_inside
from dockgen.records import field, record
from dockgen.regexes import regex

NAME = "dockgen.yaml"
VERSION = 1
_MAX_BYTES = 1_000_000
# What PyYAML's constructors raise, besides its own errors, where a tag's text is no value: `!!int ""`,
# `!!bool x`, `!!timestamp x`, a date that is none.
_NO_VALUE = (ValueError, LookupError, AttributeError)
_KEY = regex(r"[a-z_]{1,30}(?:\.[A-Za-z_]{1,30})?")
_HEADER = "# dockgen's answers for this project: edit and commit them, then run `dockgen new` again.\n"


@record
class Saved:
    """What dockgen.yaml says: the stack and the answers that differ from the defaults."""

    stack: str | None = None
    answers: Mapping[str, Any] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)


def read_saved(root: Path) -> Saved:
    """Return what the project's dockgen.yaml says; raise AnswerError with `file:line` for a wrong one."""
    path = root / NAME
    if not path.exists():
        return Saved()
    if not path.is_file() or not is_inside(str(path), os.path.realpath(root)):
        raise AnswerError(f"{NAME}: not a file of the project", "remove it, or put the file itself there")
    node = _load(path)
    lines = _lines(path)
    version = node.get("version")
    if version != VERSION:
        raise AnswerError(
            f"{_at(NAME, lines, 'version')}: version {version!r} is not known", f"write `version: {VERSION}`"
        )
    unknown = node.keys() - {"version", "stack", "answers"}
    if unknown:
        name = min(map(str, unknown))
        raise AnswerError(
            f"{_at(NAME, lines, name)}: unknown key {name!r}", "it has version, stack and answers"
        )
    answers = node.get("answers") or {}
    if not isinstance(answers, dict) or not all(isinstance(name, str) for name in answers):
        place = _at(NAME, lines, "answers")
        raise AnswerError(f"{place}: `answers` must be a mapping of names to values", "write `name: value`")
    stack = node.get("stack")
    places = {name: _at(NAME, lines, "answers", name) for name in answers}
    places["stack"] = _at(NAME, lines, "stack")
    return Saved(None if stack is None else str(stack), answers, places)


def says_the_same(text: str, stack: str, answers: Mapping[str, Any]) -> bool:
    """Whether a text of dockgen.yaml names just that stack and those answers."""
    import yaml

    try:
        node = yaml.load(text, Loader=loader())  # noqa: S506 - a safe loader, in C
    except (yaml.YAMLError, RecursionError, *_NO_VALUE):
        return False
    return isinstance(node, dict) and (node.get("stack"), node.get("answers") or {}) == (stack, dict(answers))


def dump_saved(stack: str, answers: Mapping[str, Any]) -> str:
    """Return the text of dockgen.yaml."""
    if not answers and isinstance(stack, str) and scalar(stack) == stack:
        return f"{_HEADER}version: {VERSION}\nstack: {stack}\n"
    import yaml

    node: dict[str, Any] = {"version": VERSION, "stack": stack}
    if answers:
        node["answers"] = dict(sorted(answers.items()))
    return _HEADER + yaml.safe_dump(node, sort_keys=False, allow_unicode=True, width=100)


def loses_comments(text: str) -> bool:
    """Whether a text of dockgen.yaml holds what writing the same answers anew would not: comments, style."""
    import yaml

    try:
        node = yaml.load(text, Loader=loader())  # noqa: S506 - a safe loader, in C
        answers = node.get("answers") or {}
        return text.replace("\r\n", "\n") != dump_saved(node.get("stack"), answers)
    except (yaml.YAMLError, RecursionError, TypeError, *_NO_VALUE):
        return True


def read_answers(path: Path) -> dict[str, Any]:
    """Return the answers of a YAML or JSON file, `stack` among them."""
    node = _load(path)
    if "answers" in node and isinstance(node["answers"], dict):
        return {**({"stack": node["stack"]} if "stack" in node else {}), **node["answers"]}
    return node


def read_places(path: Path) -> dict[str, str]:
    """Return where each answer of a file stands, as `file:line`."""
    node, lines = _load(path), _lines(path)
    if isinstance(node.get("answers"), dict):
        return {name: _at(path.name, lines, "answers", str(name)) for name in node["answers"]}
    return {name: _at(path.name, lines, name) for name in node}


def read_outside(answers: Path | None, flags: Sequence[str]) -> dict[str, Any]:
    """Return the answers of a file and of `--set` together; what `--set` says counts."""
    return {**(read_answers(answers) if answers else {}), **read_flags(flags)}


def read_flags(flags: Sequence[str]) -> dict[str, Any]:
    """Return the answers of `--set key=value`; `key.part=value` fills one entry of a mapping.

    A value that starts with `[` or `{` is read as YAML.
    """
    answers: dict[str, Any] = {}
    for flag in flags:
        key, sign, text = flag.partition("=")
        if not sign or not key:
            # What it says is not repeated: it may be the value, and that a secret.
            place = f"--set {flag}" if _KEY.fullmatch(flag) else "--set"
            raise AnswerError(f"{place}: expected key=value", "`dockgen stacks show NAME` lists the keys")
        value = _structured(key, text) if text[:1] in ("[", "{") else text
        name, dot, part = key.partition(".")
        if dot:
            whole = answers.setdefault(name, {})
            if not isinstance(whole, dict):
                raise AnswerError(f"--set {key}: {name} is already set as a whole", "use one of the forms")
            whole[part] = value
        else:
            answers[name] = value
    return answers


def _structured(key: str, text: str) -> Any:
    import yaml

    try:
        return yaml.load(text, Loader=loader())  # noqa: S506 - a safe loader, in C
    except (yaml.YAMLError, RecursionError, *_NO_VALUE) as error:
        raise AnswerError(
            f"--set {key}: the value is not valid YAML", 'quote it: --set \'key=["a", "b"]\''
        ) from error


def _load(path: Path) -> dict[str, Any]:
    import yaml

    try:
        if path.stat().st_size > _MAX_BYTES:
            raise AnswerError(f"{path.name}: larger than {_MAX_BYTES} bytes", "answers are short")
        text = path.read_text(encoding="utf-8-sig")
        if text.count("&") and text.count("*") > 20:
            raise AnswerError(f"{path.name}: YAML aliases are not allowed here", "write the values out")
        node = json.loads(text) if path.suffix == ".json" else yaml.load(text, Loader=loader())  # noqa: S506
    except OSError as error:
        raise AnswerError(f"{path.name}: cannot be read: {error.strerror}", "check the path") from error
    except UnicodeDecodeError as error:
        raise AnswerError(f"{path.name}: not UTF-8 text", "save it as UTF-8") from error
    except json.JSONDecodeError as error:
        raise AnswerError(
            f"{path.name}:{error.lineno}: not valid JSON: {error.msg}", "mend that line"
        ) from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f":{mark.line + 1}" if mark else ""
        reason = getattr(error, "problem", None) or "cannot be parsed"
        raise AnswerError(f"{path.name}{line}: not valid YAML: {reason}", "mend that line") from error
    except _NO_VALUE as error:
        raise AnswerError(
            f"{path.name}: a text does not fit its type, as a date that is none or !!int x",
            "put it in quotes, without a !! tag",
        ) from error
    except RecursionError as error:
        raise AnswerError(f"{path.name}: nested too deeply", "answers are flat") from error
    if node is None:
        return {}
    if not isinstance(node, dict) or not all(isinstance(key, str) for key in node):
        raise AnswerError(f"{path.name}: must be a mapping of names to values", "write `name: value`")
    return node


def _lines(path: Path) -> Document:
    """Return a file that could be loaded as a document that knows its lines; each key stands there once."""
    from dockgen.project.yaml_text import parse_yaml

    # JSON is YAML, near enough for the lines of its keys.
    return parse_yaml(path.read_text(encoding="utf-8-sig"), path.name, unique=True)


def _at(name: str, document: Document, *address: str) -> str:
    line = document.line(address)
    return f"{name}:{line}" if line else name
