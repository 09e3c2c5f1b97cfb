"""The engine: three engines as one list, nothing that a rule does reaches a user as a traceback."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint import hadolint, rules_loader
from dockgen.lint.discovery import Found
from dockgen.lint.engine import Job, lint_batches, lint_jobs, lint_text
from dockgen.lint.files import FileJob, lint, lint_all, lint_files, read
from dockgen.lint.hadolint_binary import Binary
from dockgen.lint.model import Context, Finding, Policy, Profile, Rule, Severity
from dockgen.lint.settings import Settings
from dockgen.lint.store import Store


def ids(findings: tuple[Finding, ...]) -> set[str]:
    return {rule_id for finding in findings for rule_id in finding.ids}


def test_a_rule_that_raises_becomes_a_finding_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(dockerfile: Dockerfile, _: Context) -> Iterator[Finding]:
        yield from [1 / 0 for _ in dockerfile.instructions]  # type: ignore[misc]

    real = rules_loader.load
    fake = rules_loader.Loaded(Rule("DG0201", "broken", Severity.ERROR), broken)
    monkeypatch.setattr(rules_loader, "load", lambda rule_id: fake if rule_id == "DG0201" else real(rule_id))
    found = lint_text("FROM debian\n", hadolint=False).findings
    internal = [f for f in found if f.ids == ("DG0002",) and "DG0201" in f.message]
    assert len(internal) == 1
    assert "DG0601" in ids(found)


def test_what_the_builder_refuses_is_a_finding() -> None:
    found = lint_text("RUN echo no FROM\n").findings
    assert any(f.ids[0] == "DG0001" and f.severity is Severity.ERROR for f in found)
    assert "DL1000" not in ids(found)


def test_a_file_without_a_stage_is_told_once() -> None:
    found = lint_text("COPY preview/monitor.js /srv/\n", hadolint=False).findings
    assert [f.message for f in found if f.ids[0] == "DG0001"] == [
        "no build stage in current context: FROM comes first"
    ]


@pytest.mark.parametrize("syntax", ["devthefuture/dockerfile-x", "ghcr.io/example/front:1"])
def test_what_another_front_end_reads_is_not_refused(syntax: str) -> None:
    text = f"# syntax={syntax}\nINCLUDE base.dockerfile\nFROM base AS app\n"
    assert "DG0001" not in ids(lint_text(text, hadolint=False).findings)


@pytest.mark.parametrize("syntax", ["docker/dockerfile:1", "mirror.example.com/docker/dockerfile-upstream"])
def test_what_the_own_front_end_does_not_know_is_refused(syntax: str) -> None:
    text = f"# syntax={syntax}\nINCLUDE base.dockerfile\nFROM base AS app\n"
    assert "DG0001" in ids(lint_text(text, hadolint=False).findings)


@pytest.mark.parametrize(
    ("path", "text", "refused"),
    [
        ("templates/Dockerfile-env", "ENV TOOL_VERSION=1.2\nRUN make\n", False),
        ("docker/partials/tools.Dockerfile", "RUN make\n", False),
        ("docker/Dockerfile", "RUN make\n", True),
        ("templates/Dockerfile", "RUN make\nFROM alpine:3.24\n", True),
    ],
)
def test_a_piece_of_a_dockerfile_needs_no_from(path: str, text: str, refused: bool) -> None:
    found = lint_text(text, path, hadolint=False).findings
    assert ("DG0001" in ids(found)) is refused


@pytest.mark.parametrize(
    "base", ["<%= base %>", "{{ base }}", "{% if slim %}debian:13-slim{% endif %}", "BASEIMAGE", "@@BASE@@"]
)
def test_a_template_of_dockerfiles_is_not_refused(base: str) -> None:
    text = f"FROM {base}\nENV TAG=<%= meta.tag %>\nRUN make\n"
    assert ("DG0001" in ids(lint_text(text, hadolint=False).findings)) is base.startswith("@")


def test_one_cause_on_one_line_is_shown_once() -> None:
    found = lint_text("FROM debian:12\nEXPOSE 80\nCMD echo hello\n").findings
    shell_form = [f for f in found if set(f.ids) & {"JSONArgsRecommended", "DL3025", "DG1001"}]
    assert [f.ids for f in shell_form] == [("DG1001", "JSONArgsRecommended", "DL3025")]


def test_profiles_decide_which_rules_run() -> None:
    text = "FROM debian:12\nUSER 1000:1000\n"
    assert "DG0604" not in ids(lint_text(text, hadolint=False).findings)
    assert "DG0604" in ids(lint_text(text, hadolint=False, profile=Profile.STRICT).findings)


def test_a_rule_of_another_profile_runs_when_selected_by_its_id() -> None:
    settings = Settings(select=("DG0604",))
    assert ids(lint_text("FROM debian:12\n", settings=settings).findings) == {"DG0604"}


def test_policy_rules_run_where_a_policy_demands_something() -> None:
    context = Context(policy=Policy(registries=("registry.example.org",)))
    found = lint_text("FROM docker.io/library/debian:12\n", context=context, hadolint=False).findings
    assert "DG0307" in ids(found)


def test_selection_is_by_the_longest_beginning() -> None:
    settings = Settings(select=("DG06",), ignore=("DG0601",))
    assert settings.wants("DG0602")
    assert not settings.wants("DG0601")
    assert not settings.wants("DL3008")
    assert Settings(ignore=("DL", "SC")).wants("DG0601")
    assert Settings(select=("DL3008",), ignore=("DL",)).wants("DL3008")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n",
        "\ufeff",
        "FROM",
        "FROM \x00",
        "FROM a\nRUN \ud800",
        "#",
        "FROM a\r\nRUN b\r\n",
        "RUN <<",
        "\u2028FROM a",
    ],
)
def test_no_text_makes_it_raise(text: str) -> None:
    lint_text(text, profile=Profile.STRICT)


def test_findings_carry_the_path_that_was_given() -> None:
    assert {f.path for f in lint_text("FROM debian\n", "docker/app.Dockerfile").findings} == {
        "docker/app.Dockerfile"
    }


def test_files_in_several_batches_come_back_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("dockgen.lint.files._CHUNK", 2)
    for number in range(30):
        (tmp_path / f"{number:02}.Dockerfile").write_text(
            f"FROM debian\nRUN echo {number}\n" + "RUN cd /x\n" * (number % 3)
        )
    reports = lint_files([tmp_path])
    assert [Path(report.path).name for report in reports] == [
        f"{number:02}.Dockerfile" for number in range(30)
    ]
    for number, report in enumerate(reports):
        assert sum("DL3003" in f.ids for f in report.findings) == number % 3


def test_files_of_many_workers_come_back_in_order(tmp_path: Path) -> None:
    for number in range(30):
        (tmp_path / f"{number:02}.Dockerfile").write_text("FROM debian\n" + "MAINTAINER me\n" * (number % 3))
    reports = lint_files([tmp_path], Settings(hadolint=False))
    for number, report in enumerate(reports):
        assert Path(report.path).name == f"{number:02}.Dockerfile"
        assert sum("DG0803" in f.ids for f in report.findings) == number % 3


def test_hadolint_is_at_work_on_the_next_batch_before_one_is_waited_for() -> None:
    taken: list[int] = []

    def batches() -> Iterator[list[Job]]:
        for number in range(3):
            taken.append(number)
            yield [Job(str(number), "FROM debian\nRUN cd /x\n", Context())]

    at_the_time = [(list(taken), reports[0].path) for reports in lint_batches(batches())]
    assert at_the_time == [([0, 1], "0"), ([0, 1, 2], "1"), ([0, 1, 2], "2")]


def test_lanes_of_hadolint_get_as_much_text_each(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[int] = []

    class Spy(hadolint.Run):
        def __init__(self, binary: Binary, texts: Sequence[str], setup: hadolint.Setup) -> None:
            given.append(sum(map(len, texts)))
            super().__init__(binary, texts, setup)

    monkeypatch.setattr(hadolint, "Run", Spy)
    sizes = [40, 1, 1, 30, 1, 10]
    jobs = [Job(str(size), "FROM debian:13\n" + "RUN true\n" * size, Context()) for size in sizes]
    reports = lint_jobs(jobs, lanes=2)
    assert [report.path for report in reports] == [str(size) for size in sizes]
    assert len(given) == 2
    assert abs(given[0] - given[1]) < 100


@pytest.mark.parametrize("top", [".git", ""], ids=["a repository", "no repository"])
def test_folders_above_the_repository_say_nothing_of_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, top: str
) -> None:
    project = tmp_path / "hack" / "archive" / "project"
    (project / "hack" / "tools").mkdir(parents=True)
    (project / top).mkdir(exist_ok=True)
    for folder in (project, project / "hack" / "tools"):
        (folder / "Dockerfile").write_text("FROM node:latest\nCOPY --from=debian:8 /a /a\nFROM debian:8\n")
    monkeypatch.chdir(project)
    outer, inner = lint_files([project / "Dockerfile", project / "hack/tools/Dockerfile"])
    assert {"DG0601", "DG0102"} <= ids(outer.findings)
    assert "DG0601" not in ids(inner.findings)
    assert outer.path == str(project / "Dockerfile")
    assert {finding.path for finding in outer.findings} == {outer.path}


def test_a_file_that_cannot_be_read_is_one_finding(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM debian\n")
    found = [Found(tmp_path / "missing"), Found(tmp_path / "Dockerfile")]
    reports = lint(read(found, Settings(), tmp_path))
    assert [f.ids for f in reports[0].findings] == [("DG0003",)]
    assert "DG0601" in ids(reports[1].findings)


def test_the_second_run_asks_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "p").mkdir()
    (tmp_path / "p" / "Dockerfile").write_text("FROM debian\nMAINTAINER me\nRUN cd /x\n")
    store = Store(tmp_path / "cache")
    first = lint_files([tmp_path / "p"], store=store)

    def never(*_: object) -> None:
        raise AssertionError("linted again")

    monkeypatch.setattr("dockgen.lint.engine.lint_batches", never)
    second = lint_files([tmp_path / "p"], store=store)
    assert second[0].findings == first[0].findings
    assert len(first[0].findings) > 3


def test_a_change_in_the_build_context_is_not_answered_from_the_store(tmp_path: Path) -> None:
    from dockgen.lint import context_roots

    store = Store(tmp_path / "cache")
    root = tmp_path / "p"
    root.mkdir()
    job = FileJob("Dockerfile", "FROM debian:12\nCOPY . /a\n", root=root, file=root / "Dockerfile")
    assert not any("DG05" in f.ids[0] for f in lint_all([job], store)[0].findings)
    (root / "id_rsa").write_text("-----BEGIN OPENSSH PRIVATE KEY-----\nx\n")
    context_roots.fingerprint.cache_clear()
    context_roots._listed.cache_clear()
    assert any("DG05" in f.ids[0] for f in lint_all([job], store)[0].findings)
