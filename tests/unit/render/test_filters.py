"""Filters and the guard: no value can become an instruction, whatever it holds."""

import json
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockgen.dockerfile.parser import parse
from dockgen.dockerfile.variables import expand
from dockgen.errors import RenderError
from dockgen.lint import hadolint_binary
from dockgen.render import filters
from dockgen.render.environment import environment, render

NASTY = [
    "a\nUSER root",
    "a\rb",
    'say "hi"',
    "$HOME",
    "back\\slash",
    "# no comment",
    "a b",
    "`id`",
    "\\",
    'x"$\\',
    "",
]


def test_what_is_not_plain_is_refused_without_a_filter() -> None:
    template = environment().from_string("RUN {{ value }}")
    assert template.render(value="plain-1.2/x") == "RUN plain-1.2/x"
    for value in [*NASTY[:-1], None, True, ["a"], 1.5]:
        with pytest.raises(RenderError):
            template.render(value=value)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_a_label_holds_exactly_what_was_given(value: str) -> None:
    try:
        printed = filters.label_pairs({"a.b": value, "c": "end"})
    except RenderError:
        assert any(not character.isprintable() for character in value)
        return
    dockerfile = parse("FROM scratch\nLABEL " + filters.continued(printed) + "\n")
    assert [i.keyword for i in dockerfile.instructions] == ["FROM", "LABEL"]
    assert not dockerfile.problems
    pairs = dockerfile.instructions[1].pairs
    assert [name.text for name, _ in pairs] == ["a.b", "c"]
    word = pairs[0][1]
    assert word is not None
    assert expand(word.text, {}).text == value


# As Docker 28.5 built them, too: the labels and variables of the image were these values exactly.
@pytest.mark.parametrize("value", ["a\\", "\\", "a\\\\", 'a\\"', "$\\", "'\\", "#\\", "a \\ b\\", '\\\\"'])
def test_hadolint_reads_what_ends_in_a_backslash(value: str) -> None:
    binary = hadolint_binary.find()
    assert binary
    labels = filters.continued(filters.label_pairs({"a": value, "b": value}))
    variables = filters.continued(filters.pairs({"A": value, "B": value}))
    text = f"FROM scratch\nLABEL {labels}\nENV {variables}\nENTRYPOINT {filters.json_array([value, value])}\n"
    words = [str(binary.path), "--no-color", "-"]
    done = subprocess.run(words, input=text, capture_output=True, text=True, check=False, timeout=60)
    assert (done.returncode, done.stdout) == (0, "")
    instructions = parse(text).instructions
    for instruction in instructions[1:3]:
        assert [expand(word.text, {}).text for _, word in instruction.pairs if word] == [value, value]
    assert [word.text for word in instructions[3].words] == [value, value]


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), min_size=1, max_size=4))
def test_exec_form_holds_exactly_what_was_given(words: list[str]) -> None:
    try:
        printed = filters.json_array(words)
    except RenderError:
        assert any(not character.isprintable() for word in words for character in word)
        return
    dockerfile = parse(f"FROM scratch\nENTRYPOINT {printed}\n")
    assert [word.text for word in dockerfile.instructions[1].words] == words
    assert dockerfile.instructions[1].json_form


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_an_env_value_stays_one_value(value: str) -> None:
    try:
        printed = filters.pairs({"NAME": value})
    except RenderError:
        return
    dockerfile = parse(f"FROM scratch\nENV {filters.continued(printed)}\n")
    assert [i.keyword for i in dockerfile.instructions] == ["FROM", "ENV"]
    assert [name.text for name, _ in dockerfile.instructions[1].pairs] == ["NAME"]


def test_shell_words_survive_a_shell() -> None:
    import subprocess

    words = ["a b", "$HOME", "it's", "#x", "*"]
    done = subprocess.run(
        ["sh", "-c", f"printf '%s\\n' {filters.shell_words(words)}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.splitlines() == words


def test_names_are_checked() -> None:
    with pytest.raises(RenderError, match="not a name"):
        filters.pairs({"A B": "x"})


def test_copy_words() -> None:
    assert filters.copy_words(["go.mod", "./"]) == "go.mod ./"
    assert json.loads(filters.copy_words(["a b", "[x]", "./"])) == ["a b", "[[]x]", "./"]
    with pytest.raises(RenderError, match="dollar"):
        filters.copy_words(["$x y", "./"])


def test_ignore_pattern_is_literal_but_for_wildcards() -> None:
    assert filters.ignore_pattern("app/[slug]/*.ts") == "app/\\[slug\\]/*.ts"


def test_unknown_names_and_templates_are_errors_of_ours() -> None:
    with pytest.raises(RenderError, match="no template"):
        render("nowhere.j2", {})


def test_a_template_cannot_reach_python() -> None:
    with pytest.raises(Exception, match=r"unsafe|undefined"):
        environment().from_string("{{ ''.__class__.__mro__ }}").render()
