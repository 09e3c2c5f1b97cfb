"""Plain text is read in one piece, and means what it means character by character."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockgen.dockerfile import lexer
from dockgen.dockerfile.lexer import Lexer, LexError, Unknown
from dockgen.regexes import regex

_WORDS = st.lists(
    st.sampled_from(
        [*"aZ09_.:@=,+%/-# \t\"'\\$<é`{}?*", "${a}", "${a:-b/c}", "${v/a/x y}", "${v//b/}", "$v", "<<"]
    ),
    max_size=10,
).map("".join)
_VALUES: Mapping[str, str | Unknown] = {"v": "a/b c", "a": "", "u": Unknown("u")}
_NOTHING = regex(r"(?!)")


def _read(text: str, escape: str, options: dict[str, bool]) -> tuple[object, ...]:
    one = Lexer(text, _VALUES.get, escape, **options)
    try:
        found = one.run()
    except LexError as error:
        return str(error), one.asked
    known = [piece for piece in found.pieces if not isinstance(piece, str)]
    return "".join(p for p in found.pieces if isinstance(p, str)), known, found.words, one.asked


@given(
    _WORDS,
    st.sampled_from("\\`"),
    st.fixed_dictionaries(
        {name: st.booleans() for name in ("raw_quotes", "raw_escapes", "keep_unset", "plain_quotes")}
    ),
)
def test_in_one_piece_as_character_by_character(text: str, escape: str, options: dict[str, bool]) -> None:
    whole = _read(text, escape, options)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lexer, "_PLAIN", _NOTHING)
        patch.setattr(lexer, "_PLAIN_NAME", _NOTHING)
        assert _read(text, escape, options) == whole


def test_a_plain_word_is_one_piece() -> None:
    assert Lexer("docker.io/library/node:24@sha256:ab").run().pieces == [
        "docker.io/library/node:24@sha256:ab"
    ]
    assert Lexer("a/$v").run().pieces == ["a/"]
