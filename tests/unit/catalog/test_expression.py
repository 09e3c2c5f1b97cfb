"""The small language of stack files: what it can, and above all what it cannot."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockgen.catalog.expression import ExpressionError, build, condition, evaluate, expand, names
from dockgen.errors import DockgenError

SCOPE = {
    "facts": {"mains": ["cmd/api", "cmd/job"], "port": "8080", "module": "example.com/api", "none": None},
    "answers": {"cgo": False, "list": []},
    "flavour": {"user": {"uid": 65532}},
}


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("facts.port", "8080"),
        ("int(facts.port) + 1", 8081),
        ("facts.missing", None),
        ("facts.none.deeper", None),
        ("facts.mains[0]", "cmd/api"),
        ("facts.mains[9]", None),
        ("only(facts.mains)", None),
        ("first(facts.mains)", "cmd/api"),
        ("not answers.cgo and len(facts.mains) == 2", True),
        ("'a' if answers.cgo else 'b'", "b"),
        ("facts.mains + ['x']", ["cmd/api", "cmd/job", "x"]),
        ("{'a': 1} + {'b': 2}", {"a": 1, "b": 2}),
        ("'cmd/api' in facts.mains", True),
        ("'x' in facts.none", False),
        ("'x' not in facts.none", True),
        ("facts.none is None", True),
        ("facts.port is not None", True),
        ("1 < 2 < 3", True),
        ("-1 + 2", 1),
        ("basename(facts.module)", "api"),
        ("select(facts.mains, 'job$')", ["cmd/job"]),
        ("without(['a', 'b'], ['a'])", ["b"]),
        ("default(facts.none, 'd')", "d"),
        ("env_name('my index-2')", "MY_INDEX_2"),
        ("slug('Äpp Name_1')", "pp-name-1"),
        ("words('a \"b c\"')", ["a", "b c"]),
        ("flavour.user", {"uid": 65532}),
    ],
)
def test_values(source: str, value: object) -> None:
    assert evaluate(source, SCOPE) == value


@pytest.mark.parametrize(
    "source",
    [
        "__import__('os')",
        "facts.__class__",
        "().__class__.__bases__",
        "[x for x in facts.mains]",
        "lambda: 1",
        "open('/etc/passwd')",
        "9 ** 9 ** 9",
        "'a' * 10",
        "facts.mains.append('x')",
        "nobody",
        "f'{facts}'",
        "(yield)",
        "a := 1",
        "int('x')",
        "1 +",
        "x" * 3000,
        "(" * 500 + ")" * 500,
    ],
)
def test_what_is_refused(source: str) -> None:
    if source == "facts.__class__":
        assert evaluate(source, SCOPE) is None
        return
    with pytest.raises(ExpressionError):
        evaluate(source, SCOPE)


def test_a_string_that_is_one_placeholder_keeps_its_type() -> None:
    assert expand("{{ facts.mains }}", SCOPE) == ["cmd/api", "cmd/job"]
    assert expand("./{{ facts.mains[0] }}:{{ answers.cgo }}", SCOPE) == "./cmd/api:false"


def test_structures() -> None:
    node = {
        "kept": "{{ facts.port }}",
        "dropped": {"when": "answers.cgo", "value": 1},
        "list": [
            "plain",
            {"when": "not answers.cgo", "value": "in"},
            {"when": "answers.cgo", "value": "out"},
            {"each": "facts.mains", "when": "item != 'cmd/job'", "value": {"name": "{{ basename(item) }}"}},
        ],
        "value": {"value": "{{ 1 }}"},
    }
    assert build(node, SCOPE) == {
        "kept": "8080",
        "list": ["plain", "in", {"name": "api"}],
        "value": 1,
    }


def test_conditions() -> None:
    assert condition(None, SCOPE)
    assert not condition("answers.list", SCOPE)


def test_names_tell_what_an_expression_reads() -> None:
    assert names("len(facts.mains) > 0 and let.x and answers['y']") == {
        ("facts", "mains"),
        ("let", "x"),
        ("answers", None),
    }


@given(st.text(max_size=60))
def test_any_text_gives_a_value_or_an_error_of_ours(text: str) -> None:
    with contextlib.suppress(DockgenError):
        evaluate(text, SCOPE)
