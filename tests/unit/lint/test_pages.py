"""Every rule has a page, whoever's rule it is."""

import pytest

from dockgen.errors import AnswerError
from dockgen.lint import hadolint_binary, pages
from dockgen.lint.hadolint import Run, Setup


@pytest.mark.parametrize("rule_id", pages.all_ids())
def test_every_rule_has_a_page(rule_id: str) -> None:
    page = pages.page(rule_id)
    assert page.startswith(f"{rule_id}: ") or rule_id in page
    assert len(page) > 60


@pytest.mark.parametrize(
    ("asked", "has"),
    [
        ("DG0201", "*Why*"),
        ("dg0201", "DG0201"),
        ("DL3008", "https://github.com/hadolint/hadolint/wiki/DL3008"),
        ("SC2086", "https://www.shellcheck.net/wiki/SC2086"),
        ("jsonargsrecommended", "JSONArgsRecommended"),
        ("DL3006", "The same cause: DG0601, DG0602."),
        ("DG0001", "The same cause: DL1000."),
    ],
)
def test_pages_by_id(asked: str, has: str) -> None:
    assert has in pages.page(asked)


@pytest.mark.parametrize("asked", ["", "DG9999", "DL9999", "SC9999", "Dockerfile", "DG02", "../x"])
def test_what_is_no_rule(asked: str) -> None:
    assert not pages.is_rule(asked)
    with pytest.raises(AnswerError, match="there is no rule"):
        pages.page(asked)


def test_addresses() -> None:
    assert (
        pages.address("JSONArgsRecommended")
        == "https://docs.docker.com/reference/build-checks/json-args-recommended/"
    )
    assert pages.address("DG0201") is None
    # BuildKit gives this one no page of its own.
    assert (
        pages.address("InvalidBaseImagePlatform") == "https://docs.docker.com/build/building/multi-platform/"
    )


def test_beginnings() -> None:
    assert all(map(pages.is_known_beginning, ("DG", "DG02", "DL3", "SC", "SC20", "SC2086", "JSON")))
    assert not any(map(pages.is_known_beginning, ("DG99", "X", "SC9", "SC20866")))


def test_the_data_knows_every_rule_that_hadolint_reports() -> None:
    text = "FROM debian\nMAINTAINER x\nRUN cd /a && sudo apt install b | wget c\nCMD d\nCMD e\nEXPOSE 99999\n"
    binary = hadolint_binary.find()
    assert binary
    raws = Run(binary, [text], Setup(own=True)).outcomes()[0]
    assert isinstance(raws, tuple)
    codes = {raw.code for raw in raws}
    assert len(codes) > 6
    assert [code for code in codes if not pages.is_rule(code)] == []
