"""Every check's cases (tests/buildkit/*.yaml), its page and the examples on it."""

import re
from pathlib import Path

import pytest

from buildkit.cases import Case, all_cases
from dockgen.dockerfile.model import Position
from dockgen.dockerfile.parser import parse
from dockgen.lint import buildkit
from dockgen.lint.context import BuildContext
from dockgen.lint.model import Context, Edit, Finding, Severity

CASES = list(all_cases())
NAMES = {
    "ConsistentInstructionCasing",
    "CopyIgnoredFile",
    "DuplicateStageName",
    "ExposeInvalidFormat",
    "ExposeProtoCasing",
    "FromAsCasing",
    "FromPlatformFlagConstDisallowed",
    "InvalidBaseImagePlatform",
    "InvalidDefaultArgInFrom",
    "InvalidDefinitionDescription",
    "JSONArgsRecommended",
    "LegacyKeyValueFormat",
    "MaintainerDeprecated",
    "MultipleInstructionsDisallowed",
    "NoEmptyContinuation",
    "RedundantTargetPlatform",
    "ReservedStageName",
    "SecretsUsedInArgOrEnv",
    "StageNameCasing",
    "UndefinedArgInFrom",
    "UndefinedVar",
    "WorkdirRelativePath",
}
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def findings_of(dockerfile: str, files: dict[str, str], folder: Path) -> list[Finding]:
    for name, text in files.items():
        (folder / name).write_text(text, encoding="utf-8")
    context = Context(build=BuildContext.load(folder, folder / "Dockerfile"), root=folder)
    return buildkit.run(parse(dockerfile), context)


def applied(text: str, edits: list[Edit]) -> str:
    starts = [0]
    for line in text.split("\n"):
        starts.append(starts[-1] + len(line) + 1)

    def offset(position: Position) -> int:
        return starts[position.line - 1] + position.column - 1

    for edit in sorted(dict.fromkeys(edits), key=lambda edit: edit.span, reverse=True):
        text = text[: offset(edit.span.start)] + edit.text + text[offset(edit.span.end) :]
    return text


def safe_edits(findings: list[Finding]) -> list[Edit]:
    return [edit for finding in findings if finding.fix and finding.fix.safe for edit in finding.fix.edits]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.id)
def test_findings(case: Case, tmp_path: Path) -> None:
    found = findings_of(case.dockerfile, case.files, tmp_path)
    assert [(one.ids, one.span.start.line) for one in found] == [
        ((expected.check,), expected.line) for expected in case.findings
    ]
    for one, expected in zip(found, case.findings, strict=True):
        assert expected.message in (None, one.message)
        assert one.severity is Severity.WARNING
        assert one.span.end >= one.span.start


@pytest.mark.parametrize("case", [case for case in CASES if case.fixed is not None], ids=lambda case: case.id)
def test_fixed(case: Case, tmp_path: Path) -> None:
    found = findings_of(case.dockerfile, case.files, tmp_path)
    fixed = applied(case.dockerfile, safe_edits(found))
    assert fixed == case.fixed
    again = findings_of(fixed, case.files, tmp_path)
    assert safe_edits(again) == []
    if fixed != case.dockerfile:
        assert case.check not in {one.ids[0] for one in again}
        assert not parse(fixed).problems


@pytest.mark.parametrize("name", sorted(NAMES))
def test_as_many_near_misses_as_hits(name: str) -> None:
    hits = [case for case in CASES if case.check == name and name in {one.check for one in case.findings}]
    misses = [case for case in CASES if case.check == name and case not in hits]
    assert hits
    assert misses


def test_all_checks_are_there() -> None:
    assert set(buildkit.pages()) == NAMES
    assert {case.check for case in CASES} == NAMES


@pytest.mark.parametrize("name", sorted(NAMES))
def test_page(name: str, tmp_path: Path) -> None:
    page = buildkit.pages()[name]
    assert page.startswith(f"{name}: ")
    headings = re.findall(r"^\*(.+)\*$", page, re.MULTILINE)
    assert [one for one in headings if one != "When it is fine"] == ["Why", "Bad", "Good", "References"]
    assert "https://docs.docker.com/" in page
    bad, good = re.split(r"^\*Good\*$", page.split("*Bad*")[1], flags=re.MULTILINE)
    for text, speaks in ((bad, True), (good, False)):
        files = {file: content for _, file, content in BLOCK.findall(text) if file}
        (dockerfile,) = (content for kind, _, content in BLOCK.findall(text) if kind == "dockerfile")
        assert (name in {one.ids[0] for one in findings_of(dockerfile, files, tmp_path)}) is speaks
        assert not parse(dockerfile).problems
