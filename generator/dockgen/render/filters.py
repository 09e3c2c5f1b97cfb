"""Filters that make a value safe for one place in a Dockerfile, and refuse what cannot be made safe.

Each returns Markup: text that the environment lets through. Sources of the quoting rules: the Dockerfile
reference on escape, ENV, LABEL and exec form, and the POSIX shell command language, section 2.2.
"""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from markupsafe import Markup

from dockgen.errors import RenderError
from dockgen.regexes import regex

# What can stand anywhere in an instruction without quotes and cannot become something else.
PLAIN = regex(r"[A-Za-z0-9_./:@+=,~%-]*")
_CONTROL = regex(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


def _one_line(value: Any) -> str:
    text = str(value)
    if _CONTROL.search(text):
        raise RenderError(f"{text!r} has a line end or control character and cannot stand in a Dockerfile")
    return text


def finalize(value: Any) -> Any:
    """Let through what a filter made safe, numbers, and strings of harmless characters; refuse the rest."""
    if hasattr(value, "__html__"):
        return value
    if isinstance(value, bool) or not isinstance(value, (str, int)):
        raise RenderError(f"a template prints {value!r}, which is neither text nor a number")
    if not PLAIN.fullmatch(str(value)):
        raise RenderError(f"{value!r} would be printed without quoting", "use a filter such as json_array")
    return Markup(value)  # noqa: S704 - checked to be plain just above


def json_array(words: Iterable[Any]) -> Markup:
    r"""Return the exec form: a JSON array of strings.

    Backslashes before a quote or a string's end are `\u005c`: hadolint takes a quote behind `\\` for escaped.
    """
    return Markup(f"[{', '.join(_json_string(_one_line(word)) for word in words)}]")  # noqa: S704


def _json_string(text: str) -> str:
    written = json.dumps(text, ensure_ascii=False)
    return written.replace("\\\\", "\\u005c") if re.search(r'\\(?:"|$)', text) else written


def shell_word(value: Any) -> Markup:
    """Return one word of a POSIX shell command."""
    return Markup(shlex.quote(_one_line(value)))  # noqa: S704


def shell_words(values: Iterable[Any]) -> Markup:
    """Return the words of a POSIX shell command, quoted where needed."""
    return Markup(" ".join(shlex.quote(_one_line(value)) for value in values))  # noqa: S704


def quoted(value: Any) -> Markup:
    r"""Return a double-quoted ENV or LABEL value; `\`, `"` and `$` lose their meaning.

    Backslashes before a quote or the end stand between two quoted parts: hadolint takes the last quote of
    `"a\\"` for one that is escaped. At a line's very end BuildKit would take one for a continuation.
    """
    return Markup('"' + re.sub(r'\\+(?="|$)|[\\"$]', _escaped, _one_line(value)) + '"')  # noqa: S704


def _escaped(match: re.Match[str]) -> str:
    text, rest = match[0], match.string[match.end() :]
    if text[0] == "\\" and rest[:1] in ("", '"'):
        return '"' + "\\\\" * len(text) + '"'
    return f"\\{text}"


def env_value(value: Any) -> Markup:
    """Return an ENV or ARG value, quoted only where it must be."""
    text = _one_line(value)
    return Markup(text) if text and PLAIN.fullmatch(text) else quoted(text)  # noqa: S704


def comment(value: Any) -> Markup:
    """Return text for the rest of a comment's line."""
    return Markup(_one_line(value))  # noqa: S704


def pairs(values: Mapping[str, Any]) -> list[Markup]:
    """Return `NAME=value` for each entry, in order; names must be plain."""
    for name in values:
        if not re.fullmatch(r"[A-Za-z_][A-Za-z0-9_.-]*", name):
            raise RenderError(f"{name!r} is not a name for ENV, ARG or LABEL")
    return [Markup(f"{name}={env_value(value)}") for name, value in values.items()]  # noqa: S704


def label_pairs(values: Mapping[str, Any]) -> list[Markup]:
    """Return `name="value"` for each label."""
    pairs(dict.fromkeys(values, ""))
    return [Markup(f"{name}={quoted(value)}") for name, value in values.items()]  # noqa: S704


def continued(parts: Sequence[Any], indent: int = 4) -> Markup:
    """Join the parts of one instruction, each on a line of its own."""
    glue = " \\\n" + " " * indent
    return Markup(glue.join(str(finalize(part)).strip("\n") for part in parts))  # noqa: S704


def chained(commands: Sequence[Any], indent: int = 4) -> Markup:
    """Join shell commands by `&&`, each on a line of its own."""
    glue = " && \\\n" + " " * indent
    return Markup(glue.join(str(finalize(part)).strip() for part in commands))  # noqa: S704


def copy_words(words: Sequence[Any]) -> Markup:
    """Return COPY's sources and target; the JSON form where a name has blanks or odd characters.

    Wildcards in a name that is meant literally are put in brackets.
    """
    texts = [_one_line(word) for word in words]
    if all(PLAIN.fullmatch(text) for text in texts):
        return Markup(" ".join(texts))  # noqa: S704
    if any("$" in text for text in texts):
        raise RenderError(f"a path with a dollar sign cannot be copied: {' '.join(texts)}", "rename it")
    return json_array([*(re.sub(r"([*?\[\\])", r"[\1]", text) for text in texts[:-1]), texts[-1]])


def ignore_pattern(value: Any) -> Markup:
    r"""Return one pattern of .dockerignore; brackets and `\\` are literal, `*` and `?` are wildcards."""
    return Markup(re.sub(r"([\\\[\]])", r"\\\1", _one_line(value).strip()))  # noqa: S704


def groupby_folder(paths: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Return the paths by their folder, each folder with its final slash, `./` for the root."""
    folders: dict[str, list[str]] = {}
    for path in paths:
        folder, slash, _ = path.rpartition("/")
        folders.setdefault(f"{folder}/" if slash else "./", []).append(path)
    return sorted(folders.items())


FILTERS = {
    "chained": chained,
    "comment": comment,
    "continued": continued,
    "copy_words": copy_words,
    "env_value": env_value,
    "groupby_folder": groupby_folder,
    "ignore_pattern": ignore_pattern,
    "json_array": json_array,
    "label_pairs": label_pairs,
    "pairs": pairs,
    "quoted": quoted,
    "shell_word": shell_word,
    "shell_words": shell_words,
}
