"""`dockgen new --template`: nothing of a template runs without trust; with it, one run does both."""

import subprocess
import sys
from pathlib import Path

import pytest

MAIN = 'package main\n\nimport "net/http"\n\nfunc main() { http.ListenAndServe(":8080", nil) }\n'


@pytest.fixture
def template(tmp_path: Path) -> Path:
    """A starter whose hook leaves a mark beside it."""
    folder = tmp_path / "starter"
    project = folder / "{{ cookiecutter.name }}"
    project.mkdir(parents=True)
    (folder / "hooks").mkdir()
    mark = tmp_path / "ran"
    (folder / "hooks" / "pre_gen_project.py").write_text(f"open({str(mark)!r}, 'w').close()\n")
    (folder / "cookiecutter.json").write_text('{"name": "shop"}')
    (project / "go.mod").write_text("module git.example.com/{{ cookiecutter.name }}\n\ngo 1.26\n")
    (project / "main.go").write_text(MAIN)
    return folder


def new(tmp_path: Path, *words: str) -> subprocess.CompletedProcess[str]:
    work, home = tmp_path / "work", tmp_path / "home"
    for folder in (work, home):
        folder.mkdir(exist_ok=True)
    code = (
        f"import os; os.environ['HOME'] = {str(home)!r}; "
        "from dockgen.cli.main import run; raise SystemExit(run())"
    )
    return subprocess.run(
        [sys.executable, "-c", code, "new", "--yes", *words],
        cwd=work, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip


def test_without_trust_nothing_runs_and_nothing_is_rendered(tmp_path: Path, template: Path) -> None:
    done = new(tmp_path, "--template", str(template))
    assert done.returncode == 2
    assert "--trust" in done.stderr
    assert not (tmp_path / "ran").exists()
    assert not list((tmp_path / "work").iterdir())


def test_a_folder_is_rendered_and_containerised_in_one_run(tmp_path: Path, template: Path) -> None:
    words = ["--trust", "--template", str(template), "--set", "cookiecutter.name=till", "--set", "port=9000"]
    done = new(tmp_path, *words)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "ran").exists()
    made = tmp_path / "work" / "till"
    assert "git.example.com/till" in (made / "go.mod").read_text()
    assert "EXPOSE 9000" in (made / "Dockerfile").read_text()


def test_a_git_repository_is_a_template(tmp_path: Path, template: Path) -> None:
    git = ["git", "-C", str(template), "-c", "user.name=a", "-c", "user.email=a@example.com"]
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "starter"]):
        subprocess.run([*git, *words], check=True)
    done = new(tmp_path, "--trust", "--template", f"git+file://{template}")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "work" / "shop" / "Dockerfile").is_file()


@pytest.mark.parametrize("words", [["--dry-run"], ["--diff"]])
def test_a_look_renders_nothing(tmp_path: Path, template: Path, words: list[str]) -> None:
    done = new(tmp_path, "--trust", *words, "--template", str(template))
    assert (done.returncode, (tmp_path / "ran").exists()) == (2, False)


@pytest.mark.parametrize("text", ["{{ undefined_function() }}", "{% if %}", "{{ cookiecutter.none.none }}"])
def test_a_broken_template_is_said_in_a_sentence(tmp_path: Path, template: Path, text: str) -> None:
    (template / "{{ cookiecutter.name }}" / "README.md").write_text(text)
    done = new(tmp_path, "--trust", "--template", str(template))
    assert done.returncode == 2
    assert "template" in done.stderr
    assert "bug" not in done.stderr


def test_a_template_that_is_not_there(tmp_path: Path) -> None:
    done = new(tmp_path, "--trust", "--template", str(tmp_path / "none"))
    assert done.returncode == 2
    assert "could not be rendered" in done.stderr
