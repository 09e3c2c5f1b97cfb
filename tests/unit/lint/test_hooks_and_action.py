"""The pre-commit hooks and the GitHub action: they parse, and name options that exist."""

import argparse
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from dockgen.cli.lint import add_options

ROOT = Path(__file__).parents[3]
pytestmark = pytest.mark.skipif(not (ROOT / "action.yml").exists(), reason="only a checkout has them")


def options() -> set[str]:
    parser = argparse.ArgumentParser()
    add_options(parser)
    return {option for action in parser._actions for option in action.option_strings}


def hooks() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text())
    return found


def test_hooks_run_the_command_with_options_that_exist() -> None:
    assert [hook["id"] for hook in hooks()] == ["dockgen-lint", "dockgen-lint-fix"]
    for hook in hooks():
        words = hook["entry"].split()
        assert words[:2] == ["dockgen", "lint"]
        assert set(words[2:]) <= options()
        assert hook["language"] == "python"


@pytest.mark.parametrize(
    "path", ["Dockerfile", "a/b.Dockerfile", "Dockerfile.prod", "Containerfile", "x/dockerfile"]
)
def test_hooks_take_dockerfiles(path: str) -> None:
    hook = hooks()[0]
    assert re.search(hook["files"], path)
    assert not re.search(hook["exclude"], path)


@pytest.mark.parametrize(
    "path", ["Dockerfile.dockerignore", "Dockerfile.j2", "docs/Dockerfile.md", "dockerfile_parser.py"]
)
def test_hooks_leave_other_files_alone(path: str) -> None:
    hook = hooks()[0]
    assert not re.search(hook["files"], path) or re.search(hook["exclude"], path)


def action() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "action.yml").read_text())
    return found


def test_the_action_uses_its_inputs_and_options_that_exist() -> None:
    text = (ROOT / "action.yml").read_text()
    for name in action()["inputs"]:
        assert f"${{{{ inputs.{name} }}}}" in text
    scripts = "".join(step["run"] for step in action()["runs"]["steps"])
    assert set(re.findall(r"(?<=\()--[a-z-]+", scripts)) <= options()


def test_the_action_satisfies_the_service_s_schema() -> None:
    checker = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", "vendor.github-actions"]
    subprocess.run([*checker, str(ROOT / "action.yml")], check=True, capture_output=True)


def test_no_input_becomes_code_and_nothing_foreign_is_run() -> None:
    for step in action()["runs"]["steps"]:
        assert "${{" not in step["run"]
        assert "uses" not in step
        assert step["shell"] == "bash"
