"""tree-sitter-bash, loaded when first asked, and kept from taking long."""

from __future__ import annotations

import time
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tree_sitter import Node, Parser

# Seconds for one script, and the length up to which none comes near them.
_LONGEST_TIME = 0.25
_SURELY_QUICK = 1000
_CHUNK = 4096


@cache
def _parser() -> Parser:
    import tree_sitter
    import tree_sitter_bash

    return tree_sitter.Parser(tree_sitter.Language(tree_sitter_bash.language()))


def syntax_tree(source: bytes) -> Node | None:
    """Return the root of the tree; None where the grammar, quadratic at its worst, is too slow."""
    parser = _parser()
    if len(source) <= _SURELY_QUICK:
        return parser.parse(source).root_node
    end = time.monotonic() + _LONGEST_TIME

    def late(_offset: int, _error: bool) -> bool:
        return time.monotonic() > end

    try:
        return parser.parse(lambda at, _: source[at : at + _CHUNK], progress_callback=late).root_node
    except ValueError:
        parser.reset()
        return None
