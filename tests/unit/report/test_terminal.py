"""Text for a terminal: broken at blanks, as wide as it is seen."""

from dockgen.report.terminal import painted, width, wrapped

LINE = "     the quick brown fox jumps over the lazy dog"


def test_what_fits_stays_as_it_is() -> None:
    assert wrapped(LINE, len(LINE), 7) == [LINE]
    assert wrapped("  a   b", 80, 2) == ["  a   b"]
    assert wrapped("", 80, 2) == [""]


def test_what_does_not_is_broken_at_blanks_and_indented() -> None:
    lines = wrapped(LINE, 24, 7)
    assert lines == ["     the quick brown fox", "       jumps over the", "       lazy dog"]


def test_a_word_that_is_too_long_stays_whole() -> None:
    assert wrapped("  it is sha256:0123456789", 12, 4) == ["  it is", "    sha256:0123456789"]
    assert wrapped("  sha256:0123456789", 4, 4) == ["  sha256:0123456789"]


def test_colours_take_no_columns_and_wide_characters_two() -> None:
    line = painted("red", "red", colour=True) + " fox"
    assert wrapped(line, 7, 2) == [line]
    assert width("日本") == 4
    assert wrapped("日本 日本", 8, 0) == ["日本", "日本"]
