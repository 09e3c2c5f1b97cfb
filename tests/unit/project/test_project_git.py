"""Facts of the version control; hostile repositories run nothing."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from dockgen.project import git

needs_git = pytest.mark.skipif(not shutil.which("git"), reason="git is not installed")


def run(folder: Path, *arguments: str) -> None:
    subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    run(tmp_path, "init", "-q")
    (tmp_path / "app").mkdir()
    for path in ("a.txt", "app/b c.txt", "app/é.txt"):
        (tmp_path / path).write_text("x")
    run(tmp_path, "add", ".")
    (tmp_path / "untracked").write_text("x")
    return tmp_path


@needs_git
def test_tracked_files(repository):
    assert git.tracked(repository) == {"a.txt", "app/b c.txt", "app/é.txt"}
    assert git.tracked(repository / "app") == {"b c.txt", "é.txt"}
    assert git.toplevel(repository / "app") == repository


def test_no_repository(tmp_path):
    assert git.tracked(tmp_path) is None
    assert git.toplevel(tmp_path) is None
    assert git.origin_url(tmp_path) is None


@needs_git
@pytest.mark.parametrize("setting", ["core.fsmonitor", "core.sshCommand", "core.pager", "diff.external"])
def test_programs_that_a_repository_names_are_not_run(repository, setting):
    program = repository / "evil.sh"
    program.write_text(f"#!/bin/sh\ntouch {repository}/ran\n")
    program.chmod(0o755)
    run(repository, "config", setting, str(program))
    for hook in ("post-index-change", "post-checkout"):
        shutil.copy(program, repository / ".git/hooks" / hook)
    assert git.tracked(repository) is not None
    assert not (repository / "ran").exists()


@needs_git
def test_the_environment_cannot_point_elsewhere(repository, tmp_path_factory, monkeypatch):
    monkeypatch.setenv("GIT_DIR", str(tmp_path_factory.mktemp("other")))
    assert "a.txt" in (git.tracked(repository) or ())


@needs_git
def test_a_git_inside_the_project_is_not_run(repository, monkeypatch):
    (repository / "git").write_text(f"#!/bin/sh\ntouch {repository}/ran\n")
    (repository / "git").chmod(0o755)
    monkeypatch.setenv("PATH", str(repository))
    assert git.tracked(repository) is None
    assert not (repository / "ran").exists()


@needs_git
def test_a_broken_repository_is_none(tmp_path):
    (tmp_path / ".git").write_text("gitdir: /nowhere/.git/x")
    assert git.tracked(tmp_path) is None
    assert git.origin_url(tmp_path) is None


@pytest.mark.parametrize(
    ("written", "url", "web"),
    [
        ("https://me:token@host.org/a/b.git", "https://host.org/a/b.git", "https://host.org/a/b"),
        ("git@host.org:a/b.git", "git@host.org:a/b.git", "https://host.org/a/b"),
        ("ssh://git:pw@host.org:22/a/b.git", "ssh://git@host.org:22/a/b.git", "https://host.org/a/b"),
        ("https://host.org:8443/a", "https://host.org:8443/a", "https://host.org:8443/a"),
        ("/srv/repo.git", "/srv/repo.git", None),
        ("file:///srv/repo.git", "file:///srv/repo.git", None),
        ("https://host.org/a b", None, None),
        ("https://host.org/\x1b[31m", None, None),
    ],
)
def test_the_remote(tmp_path, written, url, web):
    (tmp_path / ".git").mkdir()
    text = f'[remote "other"]\n\turl = https://no\n[remote "origin"]\n\turl = {written}\n'
    (tmp_path / ".git/config").write_text(text)
    assert git.origin_url(tmp_path) == url
    assert (git.web_url(url) if url else None) == web


@needs_git
def test_the_remote_of_a_linked_work_tree(repository):
    run(repository, "-c", "user.name=a", "-c", "user.email=a@b.c", "commit", "-qm", "x")
    run(repository, "remote", "add", "origin", "https://host.org/a/b")
    run(repository, "worktree", "add", "-q", "linked")
    assert git.toplevel(repository / "linked") == repository / "linked"
    assert git.origin_url(repository / "linked") == "https://host.org/a/b"
    assert "a.txt" in (git.tracked(repository / "linked") or ())
