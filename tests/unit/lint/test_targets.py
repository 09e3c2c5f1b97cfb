"""What bake and compose files build by a target is judged like the last stage."""

import pytest

from dockgen.lint.engine import lint_text
from dockgen.lint.model import Context

TEXT = """\
FROM alpine:3.24 AS production
COPY app /app
EXPOSE 8080
CMD ["/app"]
FROM production AS {last}
USER 1000
CMD ["/app", "--watch"]
"""
ROOT_LAST = """\
FROM alpine:3.24 AS production
USER 1000
CMD ["/app"]
FROM alpine:3.24 AS {last}
EXPOSE 8080
CMD ["/app"]
"""


def lines(text: str, *targets: str) -> list[int]:
    context = Context(other_targets=frozenset(targets))
    found = lint_text(text, context=context, hadolint=False).findings
    return [one.span.start.line for one in found if "DG0201" in one.ids]


def test_a_target_that_a_build_names_is_judged() -> None:
    assert lines(TEXT.format(last="dev")) == []
    assert lines(TEXT.format(last="dev"), "production") == [1]
    assert lines(TEXT.format(last="dev"), "PRODUCTION", "0") == [1]


def test_one_finding_is_told_once() -> None:
    text = 'FROM alpine:3.24 AS base\nEXPOSE 80\nFROM base AS one\nCMD ["/one"]\n'
    text += 'FROM base AS two\nCMD ["/two"]\n'
    assert lines(text, "one", "two") == [3, 5]
    assert lines(text, "two") == [5]


@pytest.mark.parametrize("target", ["test", "builder", "missing", "7", ""])
def test_what_is_no_image_to_run_is_not_judged(target: str) -> None:
    text = 'FROM alpine:3.24 AS test\nEXPOSE 80\nCMD ["/check"]\nFROM alpine:3.24 AS builder\n'
    text += 'FROM alpine:3.24\nUSER 1\nCMD ["/x"]\n'
    assert lines(text, target) == []


def test_a_last_stage_to_develop_in_is_none_where_builds_name_others() -> None:
    assert lines(ROOT_LAST.format(last="dev"), "production") == []
    assert lines(ROOT_LAST.format(last="dev")) == [4]
    assert lines(ROOT_LAST.format(last="worker"), "production") == [4]


def test_a_stage_is_not_called_unused_because_another_is_the_target() -> None:
    context = Context(other_targets=frozenset({"production"}))
    found = lint_text(TEXT.format(last="worker"), context=context, hadolint=False).findings
    assert not [one for one in found if "DG0905" in one.ids]
