"""Comments that switch findings off: dockgen's, hadolint's, BuildKit's."""

from dockgen.lint.engine import lint_text


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
    assert "DG1001" not in ids("# check=skip=JSONArgsRecommended\nFROM debian:12\nCMD echo a\n")
    assert "DG1001" in ids("# check=skip=all\nFROM debian:12\nCMD echo a\n")
    assert "JSONArgsRecommended" not in ids("# check=skip=all\nFROM debian:12\nCMD echo a\n")


def test_a_pragma_in_text_is_none() -> None:
    assert "DG0601" in ids("# see dockgen ignore=DG0601\nFROM debian\n")
    assert "DG0601" in ids("# dockgen ignore DG0601\nFROM debian\n")


def test_own_output_has_no_pragmas() -> None:
    assert "DG0601" in ids("# dockgen ignore=DG0601 -- no\nFROM debian\n", own=True)
