"""Values of labels: licences, dates, URLs, addresses."""

import pytest

from dockgen.dockerfile.parser import parse
from dockgen.licences import is_licence_expression
from dockgen.lint.analysis.labels import (
    fault,
    is_date,
    is_url,
    label_keys,
    labels,
    quoted,
    wrong_addresses,
)


@pytest.mark.parametrize(
    "value",
    [
        "MIT",
        "mit",
        "GPL-3.0+",
        "GPL-2.0-only WITH Classpath-exception-2.0",
        "MIT AND (BSD-3-Clause OR Apache-2.0)",
        "LicenseRef-Acme",
        "DocumentRef-x:LicenseRef-y",
        "NOASSERTION",
    ],
)
def test_licence_expressions(value: str) -> None:
    assert is_licence_expression(value)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "Apache 2.0",
        "MIT License",
        "GPLv3",
        "MIT,BSD-3-Clause",
        "(MIT",
        "MIT)",
        "AND",
        "MIT AND",
        "MIT WITH",
        "MIT BSD-3-Clause",
    ],
)
def test_no_licence_expressions(value: str) -> None:
    assert not is_licence_expression(value)


def test_deep_parentheses_neither_crash_nor_pass() -> None:
    assert not is_licence_expression("(" * 50_000 + "MIT" + ")" * 50_000)


@pytest.mark.parametrize(
    "value", ["2026-11-23T10:00:00Z", "2026-11-23t10:00:00.123+01:00", "2016-12-31T23:59:60Z"]
)
def test_dates(value: str) -> None:
    assert is_date(value)


@pytest.mark.parametrize(
    "value",
    [
        "2026-11-23",
        "2026-11-23 10:00:00",
        "2026-02-30T10:00:00Z",
        "2026-11-23T10:00:00",
        "2026-11-23T25:00:00Z",
    ],
)
def test_no_dates(value: str) -> None:
    assert not is_date(value)


def test_urls() -> None:
    assert is_url("https://example.com/a?b#c")
    assert is_url("ssh://git@example.com/a.git")
    assert not is_url("example.com/a")
    assert not is_url("https://")
    assert not is_url("https://a b")


def test_addresses_that_are_meant_as_such() -> None:
    assert wrong_addresses("Ann <ann@example.com>, Bob <bob@@example.com>") == ["bob@@example.com"]
    assert wrong_addresses("ann@") == ["ann@"]
    assert wrong_addresses("Ann, @ann, https://example.com/@ann, root@localhost, mailto:a@b.example") == []


def test_each_specified_key_has_its_own_fault() -> None:
    assert fault("org.opencontainers.image.documentation", "see the wiki") == "no URL: 'see the wiki'"
    assert fault("org.label-schema.build-date", "today") == "no date and time of RFC 3339: 'today'"
    assert fault("org.label-schema.vcs-url", "git@github.com:a/b.git") is None
    assert fault("com.example.url", "x") is None


def test_quotes_keep_what_they_hold() -> None:
    dockerfile = parse('FROM scratch\nLABEL a="b \\"c\\"" \'d e\'=f\nLABEL g h i\n')
    found = {label.key: label.value for label in labels(dockerfile.stages[0])}
    assert found == {"a": 'b "c"', "d e": "f", "g": "h i"}
    line = f"FROM scratch\nLABEL a={quoted('$x ' + chr(34) + chr(92))}\n"
    assert [label.value for label in labels(parse(line).stages[0])] == ['$x "\\']


def test_parents_labels_count() -> None:
    dockerfile = parse("FROM scratch AS a\nLABEL x=1\nFROM a\nLABEL y=2\n")
    assert label_keys(dockerfile.stages[1]) == {"x", "y"}
