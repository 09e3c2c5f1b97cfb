"""Comments that switch findings off: dockgen's, hadolint's, BuildKit's."""

import time

import pytest

from dockgen.lint import hadolint_binary
from dockgen.lint.engine import lint_text
from dockgen.lint.hadolint import Run, Setup
from dockgen.lint.pragmas import pragma


def ids(text: str, *, own: bool = False) -> set[str]:
    found = lint_text(text, hadolint=False, own=own).findings
    return {rule_id for finding in found for rule_id in finding.ids}


def test_a_pragma_holds_for_the_instruction_behind_it() -> None:
    text = "{}FROM debian AS a\nRUN true\n{}FROM debian\nCOPY --from=a /x /x\n"
    assert "DG0601" in ids(text.format("# dockgen ignore=DG0601 -- why\n", ""))
    assert "DG0601" not in ids(text.format("# dockgen ignore=DG0601 -- why\n", "# dockgen ignore=DG0601\n"))


def test_a_global_pragma_holds_for_the_file() -> None:
    assert "DG0601" not in ids("FROM debian\n# dockgen global ignore=DG0601 -- it is a sample\n")


def test_several_ids_and_an_id_of_another_cause() -> None:
    text = "# dockgen ignore=DG0601,DG0201\nFROM debian\nMAINTAINER me\n"
    found = ids(text)
    assert not found & {"DG0601", "DG0201"}
    assert "DG0803" in found


def test_a_comment_inside_an_instruction_holds_for_it() -> None:
    text = "FROM debian:12\nENV A=1 \\\n  # dockgen ignore=DG0501 -- a sample\n  API_TOKEN=hunter2hunter2\n"
    assert "DG0501" in ids(text.replace("# dockgen ignore=DG0501 -- a sample", "# plain"))
    assert "DG0501" not in ids(text)


def test_hadolint_s_pragma_silences_the_same_cause_of_ours() -> None:
    assert "DG0601" not in ids("# hadolint ignore=DL3006\nFROM debian\n")
    assert "DG0601" not in ids("# hadolint global ignore=DL3006\nFROM debian\n")
    assert "DG0601" in ids("# hadolint ignore=DL3008\nFROM debian\n")


def test_buildkit_s_directive_silences_the_same_cause_of_ours() -> None:
    assert "DG1001" not in ids("# check=skip=JSONArgsRecommended\nFROM debian:12\nEXPOSE 80\nCMD echo a\n")
    assert "DG1001" in ids("# check=skip=all\nFROM debian:12\nEXPOSE 80\nCMD echo a\n")
    assert "JSONArgsRecommended" not in ids("# check=skip=all\nFROM debian:12\nEXPOSE 80\nCMD echo a\n")


def test_a_pragma_in_text_is_none() -> None:
    assert "DG0601" in ids("# see dockgen ignore=DG0601\nFROM debian\n")
    assert "DG0601" in ids("# dockgen ignore DG0601\nFROM debian\n")


def test_own_output_has_no_pragmas() -> None:
    assert "DG0601" in ids("# dockgen ignore=DG0601 -- no\nFROM debian\n", own=True)


@pytest.mark.parametrize(
    "comment",
    [
        "hadolint ignore=DL3006",
        "hadolint ignore=DL3006 # a sample",
        "hadolint ignore=DL3006 because it is a sample",
        "hadolint ignore=DL3006 -- a sample",
        "hadolint ignore=DL3006: a sample",
        "hadolint ignore = DL3007, DL3006",
        "hadolint ignore=DL3007 ,DL3006 # more",
        "hadolint ignore=DL3007 DL3006",
        "hadolint ignore=DL3007,,DL3006",
        "hadolint ignore=dl3006",
        "hadolint ignore=DL3006;",
        "HADOLINT ignore=DL3006",
        "hadolint global ignore=DL3006",
        "hadolint global ignore=DL3006 everywhere",
        "  hadolint   ignore=DL3006  ",
    ],
)
def test_hadolint_s_pragma_is_read_as_hadolint_reads_it(comment: str) -> None:
    text = f"#{comment}\nFROM debian\n"
    binary = hadolint_binary.find()
    assert binary
    raws = Run(binary, [text], Setup()).outcomes()[0]
    assert isinstance(raws, tuple)
    silenced = "DL3006" not in {raw.code for raw in raws}
    assert ("DG0601" not in ids(text)) is silenced


@pytest.mark.parametrize(
    ("comment", "reason"),
    [
        ("dockgen ignore=DG0601 -- why not", "why not"),
        ("dockgen ignore=DG0601 # why not", "why not"),
        ("hadolint ignore=DL3006 # why not", "why not"),
        ("dockgen ignore=DG0601", ""),
    ],
)
def test_the_reason_stands_behind_the_ids(comment: str, reason: str) -> None:
    found = pragma(comment)
    assert found
    assert found.reason == reason


@pytest.mark.parametrize("filling", [" ", "A ", "A,", "\t", "#", "-", ", "])
@pytest.mark.parametrize("tool", ["dockgen", "hadolint"])
def test_a_long_line_takes_no_time(tool: str, filling: str) -> None:
    line = f"{tool} ignore=A" + filling * ((1 << 20) // len(filling)) + "!"
    start = time.process_time()
    pragma(line)
    pragma(line.replace("ignore=", "ignore " + " " * 1000))
    assert time.process_time() - start < 2


@pytest.mark.parametrize("pragma", ["hadolint ignore=DL3005", "dockgen ignore=DG0402"])
def test_hadolint_s_id_for_a_distribution_upgrade_silences_ours(pragma: str) -> None:
    text = "FROM debian:13\n{}RUN apt-get update && apt-get dist-upgrade -y\n"
    assert "DG0402" in ids(text.format(""))
    assert not {"DG0402", "DL3005"} & set(ids(text.format(f"# {pragma}\n")))
