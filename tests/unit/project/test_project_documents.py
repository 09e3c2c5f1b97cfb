"""JSON, TOML, YAML and XML: values, their lines, and what hostile texts do."""

from __future__ import annotations

import json
import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dockgen.errors import CatalogError, ProjectError
from dockgen.project import keypath
from dockgen.project.json_text import parse_json, parse_jsonc
from dockgen.project.toml_text import parse_toml
from dockgen.project.xml_text import parse_xml
from dockgen.project.yaml_text import parse_yaml

PACKAGE = """{
  "name": "app", "private": true,
  "scripts": {
    "start": "node server.js",
    "scripts": "x"
  },
  "engines": {"node": "20"},
  "workspaces": [
    "packages/*",
    "apps/*"
  ],
  "engines": {"node": ">=22"},
  "a.b": {"c": [ {"d": 1}, {"d": 2} ]}
}
"""


@pytest.mark.parametrize(
    ("path", "values", "line"),
    [
        ("name", ["app"], 2),
        ("scripts.start", ["node server.js"], 4),
        ("scripts.scripts", ["x"], 5),
        ("engines.node", [">=22"], 12),
        ("workspaces[]", ["packages/*", "apps/*"], 9),
        ("workspaces[-1]", ["apps/*"], 10),
        ('["a.b"].c[].d', [1, 2], 13),
        ('["a.b"].c[1].d', [2], 13),
        ("scripts.*", ["node server.js", "x"], 4),
    ],
)
def test_json_values_and_lines(path, values, line):
    document = parse_json(PACKAGE, "package.json")
    found = keypath.find(document.data, path)
    assert [value for value, _ in found] == values
    assert document.line(found[0][1]) == line


@pytest.mark.parametrize(
    "path", ["none", "name.x", "workspaces[2]", "scripts[]", "scripts[0]", "name[]", "name.*"]
)
def test_paths_to_nothing(path):
    assert keypath.find(json.loads(PACKAGE), path) == []


@pytest.mark.parametrize("path", ["a[", "a]b", 'a["b', "a..b", "[x]", ".a"])
def test_paths_that_cannot_be_read(path):
    with pytest.raises(CatalogError, match="cannot be read"):
        keypath.steps(path)


def test_jsonc_comments_and_trailing_commas():
    text = '// head\n{\n  /* a\n  b */ "url": "http://x//y", // end\n  "list": [1, 2,],\n  "s": ",]",\n}\n'
    document = parse_jsonc(text, "tsconfig.json")
    assert document.data == {"url": "http://x//y", "list": [1, 2], "s": ",]"}
    assert [document.line((key,)) for key in ("url", "list", "s")] == [4, 5, 6]


PYPROJECT = '''# comment
title = "x"
[project]
name = "app"   # [not.a.table]
dependencies = [
  "fastapi>=0.1",  # "no"
  """uvicorn""",
]
urls."home.page" = "https://x"
[tool.uv.sources]
lib = { git = "https://x", tag = "1" }
[[tool.mypy.overrides]]
module = "a"
[[tool.mypy.overrides]]
text = """
module = "no"
"""
module = "b"
when = 2024-01-02T03:04:05.5Z
nested = [[1, 2],
  [3, 4]]
[tool.mypy.overrides.deep]
x = 1.5
'''


@pytest.mark.parametrize(
    ("path", "value", "line"),
    [
        ("title", "x", 2),
        ("project.name", "app", 4),
        ("project.dependencies[0]", "fastapi>=0.1", 6),
        ("project.dependencies[1]", "uvicorn", 7),
        ('project.urls["home.page"]', "https://x", 9),
        ("tool.uv.sources.lib.git", "https://x", 11),
        ("tool.mypy.overrides[0].module", "a", 13),
        ("tool.mypy.overrides[1].module", "b", 18),
        ("tool.mypy.overrides[1].nested[1][0]", 3, 21),
        ("tool.mypy.overrides[1].deep.x", 1.5, 23),
    ],
)
def test_toml_values_and_lines(path, value, line):
    document = parse_toml(PYPROJECT, "pyproject.toml")
    [(found, address)] = keypath.find(document.data, path)
    assert (found, document.line(address)) == (value, line)


def test_yaml_values_and_lines():
    text = (
        "# c\na: 3.10\nb:\n  - x\n  - y: &n {z: true}\nc: *n\n'd': |\n  text\ne: ~\nf: 010\n---\nsecond: 1\n"
    )
    document = parse_yaml(text, "a.yaml")
    assert document.data == {
        "a": "3.10", "b": ["x", {"y": {"z": True}}], "c": {"z": True}, "d": "text\n", "e": None, "f": "010",
    }  # fmt: skip
    addresses = [("a",), ("b",), ("b", 0), ("b", 1, "y", "z"), ("c",), ("d",)]
    assert [document.line(address) for address in addresses] == [2, 3, 4, 5, 6, 7]


def test_yaml_tags_make_nothing():
    assert parse_yaml("a: !!python/object/apply:os.system [x]", "f").data == {"a": ["x"]}


def test_xml_values_and_lines():
    text = (
        '<?xml version="1.0"?>\n<project xmlns="http://x" xmlns:y="z">\n <properties>\n  '
        "<java.version>21</java.version>"
        '\n </properties>\n <dep id="1">a</dep>\n <dep>b</dep>\n <y:one><n>1</n></y:one>\n</project>'
    )
    document = parse_xml(text, "pom.xml")
    [(value, address)] = keypath.find(document.data, 'project.properties["java.version"]')
    assert (value, document.line(address)) == ("21", 4)
    found = keypath.find(document.data, "project.dep[]", single_items=True)
    assert [(value, document.line(address)) for value, address in found] == [
        ({"@id": "1", "#text": "a"}, 6),
        ("b", 7),
    ]
    assert [value for value, _ in keypath.find(document.data, "project.one[].n", single_items=True)] == ["1"]


BOMB = "a: &a [1,2,3,4,5,6,7,8,9]\n" + "".join(
    f"{chr(98 + i)}: &{chr(98 + i)} [{','.join(['*' + chr(97 + i)] * 9)}]\n" for i in range(9)
)
MB = 1024 * 1024


@pytest.mark.parametrize(
    ("parse", "text", "message"),
    [
        (parse_json, '{"a": 1,\n}', r"f:2: not valid JSON: Expecting property name"),
        (parse_json, "", r"f:1: not valid JSON"),
        (parse_json, "[" * 100_000, r"f: not valid JSON: it is nested too deeply"),
        (parse_json, "9" * 10_000, r"f: not valid JSON: it holds a number that is too long"),
        (parse_jsonc, "/* open", r"f:1: not valid JSON"),
        (parse_toml, "a = 1\nb = \n", r"f:2: not valid TOML: Invalid value"),
        (parse_toml, "a = 1\nb = [\n", r"f:3: not valid TOML"),
        (parse_toml, "a = 1\na = 2\n", r"f:2: not valid TOML: Cannot overwrite a value"),
        (parse_toml, "a = " + "[" * 100_000, r"f: not valid TOML: it is nested too deeply"),
        (parse_toml, "\n" + ".".join("a" * MB) + " = 1", r"f:2: not valid TOML: a dotted key"),
        (parse_toml, "[" + " . ".join(['"a"'] * 100_000) + "]", r"f:1: not valid TOML: a dotted key"),
        (parse_toml, "a = " + "9" * 10_000, r"f: not valid TOML: it holds a number"),
        (parse_yaml, "a: 1\nb: [}\n", r"f:2: not valid YAML"),
        (parse_yaml, "a: 1\n\tb: 2", r"f:2: not valid YAML: found a tab"),
        (parse_yaml, "a: \x01", r"f: not valid YAML: unacceptable character"),
        (parse_yaml, "a: &x [1, *x]", r"f:1: not valid YAML: the alias \*x holds itself"),
        (parse_yaml, "\na: *x", r"f:2: not valid YAML: the alias \*x names nothing"),
        (parse_yaml, BOMB, r"f:6: not valid YAML: more than 200,000 values"),
        (
            parse_yaml,
            "[" * MB,
            r"f:1: not valid YAML: (nested deeper than 100 levels|exceeded maximum nesting depth)",
        ),
        (parse_yaml, "? [a]\n: b", r"f:1: not valid YAML: a mapping or list as a key"),
        (
            parse_yaml,
            "".join(f"%TAG !{i}! a\n" for i in range(100_000)),
            r"f: not valid YAML: more than 50 dir",
        ),
        (parse_xml, "<a>\n<b></a>", r"f:2: not valid XML: mismatched tag"),
        (parse_xml, "", r"f:1: not valid XML: no element found"),
        (
            parse_xml,
            "<!DOCTYPE a [<!ENTITY x SYSTEM 'file:///etc/passwd'>]><a>&x;</a>",
            r"f:1: .*a document type",
        ),
        (
            parse_xml,
            "<!DOCTYPE a [<!ENTITY b 'bb'><!ENTITY c '&b;&b;'>]><a>&c;</a>",
            r"f:1: .*a document type",
        ),
        (parse_xml, "<a>\n&x;</a>", r"f:2: not valid XML: undefined entity"),
        (parse_xml, "<a>" * 100_000, r"f:1: not valid XML: deeper than 100 levels"),
    ],
)
def test_malformed_documents(parse, text, message):
    started = time.perf_counter()
    with pytest.raises(ProjectError, match=message) as caught:
        parse(text, "f")
    assert caught.value.hint
    assert time.perf_counter() - started < 3


plain = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**15), 10**15) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=6), inner, max_size=4),
    max_leaves=12,
)


def addresses(data, address=()):
    yield address, data
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from addresses(value, (*address, key))


@given(plain)
def test_every_json_value_has_the_line_it_stands_on(data):
    text = json.dumps(data, indent=1)
    document = parse_json(text, "f")
    assert document.data == data
    lines = text.split("\n")
    for address, value in addresses(data):
        if address and not isinstance(value, dict | list) and len(address) <= 20:
            assert json.dumps(value) in lines[document.line(address) - 1]


@given(plain)
def test_yaml_reads_what_json_writes(data):
    text = json.dumps(data, ensure_ascii=False)
    try:
        expected = yaml.safe_load(text)
    except yaml.YAMLError:
        return
    assert parse_yaml(text, "f").data == expected


@given(st.text("ab[]{}=.,\"'\n# \\:-&*?!|>%@<//>1", max_size=60))
def test_any_text_is_a_document_or_an_error_with_a_way_out(text):
    for parse in (parse_json, parse_jsonc, parse_toml, parse_yaml, parse_xml):
        try:
            document = parse(text, "f")
        except ProjectError as error:
            assert error.message.startswith("f") and error.hint
        else:
            for address, _ in addresses(document.data):
                line = document.line(address)
                assert line is None or 1 <= line <= text.count("\n") + 1
