"""Which folder is taken for the build context."""

from pathlib import Path

import pytest

from dockgen.lint import context_roots, engine
from dockgen.lint.context_roots import guessed
from dockgen.lint.files import lint_files
from dockgen.lint.settings import Settings
from dockgen.lint.store import Store


@pytest.mark.parametrize(
    ("source", "folder"),
    [
        ("FROM a\nCOPY main.go /\n", "images/go"),
        ("FROM a\nCOPY images/start.sh /\n", "."),
        # BuildKit cuts `..` off at the root of the context: the folder above is meant.
        ("FROM a\nCOPY ../start.sh /\n", "images"),
        ("FROM a\nCOPY ./../start.sh /\n", "images"),
        ("FROM a\nCOPY nowhere.txt /\n", "images/go"),
        # What a step before the build makes is not there.
        ("FROM a\nCOPY images/start.sh images/go/main.go /\nCOPY dist /\n", "."),
        ("FROM a\nCOPY start.sh /\nCOPY dist /\n", "images"),
        ("FROM a\nCOPY --from=b start.sh /\n", "images/go"),
    ],
)
def test_the_nearest_folder_that_has_all_sources(tmp_path: Path, source: str, folder: str) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "images/go").mkdir(parents=True)
    (tmp_path / "images/start.sh").touch()
    (tmp_path / "images/go/main.go").touch()
    assert guessed(tmp_path / "images/go/Dockerfile", source) == tmp_path / folder


def test_a_manifest_above_the_context_counts_in_what_an_earlier_run_found(tmp_path: Path) -> None:
    store, folder = Store(tmp_path / "cache"), tmp_path / "repository"
    (folder / ".git").mkdir(parents=True)
    (folder / "app").mkdir()
    (folder / "app" / "Dockerfile").write_text('FROM alpine:3.24\nENTRYPOINT ["/server"]\n')

    def root_is_told() -> bool:
        context_roots.forget()
        reports = lint_files([folder / "app" / "Dockerfile"], Settings(hadolint=False), store=store)
        return any("DG0201" in finding.ids for finding in reports[0].findings)

    assert root_is_told()
    (folder / "deploy.yaml").write_text("image: app\nrunAsUser: 1000\n")
    assert not root_is_told()


def test_what_no_rule_reads_above_the_context_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, folder = Store(tmp_path / "cache"), tmp_path / "repository"
    for name in (".git", "app", "node_modules/left-pad"):
        (folder / name).mkdir(parents=True)
    (folder / "app" / "Dockerfile").write_text('FROM alpine:3.24\nENTRYPOINT ["/server"]\n')
    (folder / "deploy.yaml").write_text("image: app\nrunAsUser: 1000\n")
    # However many files are installed there, the manifest is read.
    monkeypatch.setattr(context_roots, "_MOST_FILES", 3)
    before = lint_files([folder / "app" / "Dockerfile"], Settings(hadolint=False), store=store)
    assert not any("DG0201" in finding.ids for finding in before[0].findings)
    for number in range(4):
        (folder / "node_modules" / "left-pad" / f"{number}.js").touch()
    context_roots.forget()
    monkeypatch.setattr(engine, "lint_batches", None)
    again = lint_files([folder / "app" / "Dockerfile"], Settings(hadolint=False), store=store)
    assert again[0].findings == before[0].findings
