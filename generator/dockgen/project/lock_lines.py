"""Are the lines of pnpm's and Yarn's lock files such as these tools write? Most are too large to parse.

Sources: https://github.com/pnpm/spec (lockfile), https://classic.yarnpkg.com/lang/en/docs/yarn-lock/.
"""

from __future__ import annotations

import re

from dockgen.errors import ProjectError
from dockgen.regexes import regex

_CONFLICT = regex(r"^(?:<{7}|={7}|>{7}|\|{7})(?: |$)", re.MULTILINE)
# A key with or without a value, or an item; what is folded or a block goes to the parser.
_YAML_LINE = regex(
    r"(?:  )*(?:#.*|(?:- )?(?:'[^']*'|\"[^\"]*\"|[^\s'\"&*!|>%@`{\[#:][^#]*?):(?: .*)?|- .*)?|---"
)
_YAML_OPEN = regex(r": (?:[|>][+-]?|[\[{](?:[^\]}]|\{\})*)$")
_YARN_LINE = regex(r"#.*|\s*|\S.*:|  (?:    )?\S+ .*|    \S+ .*|  [A-Za-z]+:")
# The parser takes seconds beyond that.
_MAX_PARSED = 500_000
_AGAIN = "make it anew with its package manager, or take the committed one: git checkout -- {path}"


def check_lines(text: str, path: str) -> None:
    """Raise ProjectError with the line where a lock file was cut off, edited wrongly or left unmerged."""
    if found := _CONFLICT.search(text):
        raise _wrong(path, text.count("\n", 0, found.start()) + 1, "a merge left its marks")
    if path.endswith((".yaml", ".yml")) or "\n__metadata:" in text:
        _check_yaml(text, path)
    else:
        _check_yarn(text, path)


def _check_yaml(text: str, path: str) -> None:
    for line in map(str.rstrip, text.split("\n")):
        if not _YAML_LINE.fullmatch(line) or _YAML_OPEN.search(line):
            # Rare: the parser knows what is right.
            from dockgen.project.yaml_text import parse_yaml

            if len(text) <= _MAX_PARSED:
                parse_yaml(text, path)
            return


def _check_yarn(text: str, path: str) -> None:
    for number, line in enumerate(text.split("\n"), 1):
        if not _YARN_LINE.fullmatch(line.rstrip("\r")):
            raise _wrong(path, number, "no entry and none of its fields")


def _wrong(path: str, line: int, reason: str) -> ProjectError:
    return ProjectError(f"{path}:{line}: not a valid lock file: {reason}", _AGAIN.format(path=path))
