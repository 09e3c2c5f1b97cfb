"""`dockgen stacks`: tiers come from the evidence, and a stack of another folder has none."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from dockgen.catalog import proof
from dockgen.cli.main import run as main
from dockgen.resources import bundled

BUILT = {"cases": ["api", "job"], "ran": {"api": "2026-11-20"}, "kept": {"digest": "2 of 2"}, "because": {}}
CHECKED = {**BUILT, "ran": {}, "because": {"run": ["api, job: its registry is out of reach"]}}


def told(monkeypatch: pytest.MonkeyPatch, go: Mapping[str, object]) -> None:
    known = {"about": {"guarantees": {"digest": "Digests"}}, "stacks": {"go": go}}
    monkeypatch.setattr(proof, "_data", lambda: known)


def test_a_stack_that_ran_is_of_tier_1(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told(monkeypatch, BUILT)
    assert main(["stacks", "show", "go"]) == 0
    said = capsys.readouterr().out
    assert "tier 1, 2026-11-20, 1 of 2 cases run" in said
    assert "built and run hardened on 2026-11-20: api" in said
    assert "Digests            2 of 2" in said


def test_a_stack_that_never_ran_is_of_tier_2(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    told(monkeypatch, CHECKED)
    assert main(["stacks"]) == 0
    assert "go       tier 2, 2 cases checked" in capsys.readouterr().out
    assert main(["stacks", "show", "go"]) == 0
    assert "not built: api, job: its registry is out of reach" in capsys.readouterr().out


def test_json_has_the_evidence(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    told(monkeypatch, BUILT)
    assert main(["stacks", "show", "go", "--json"]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["tier"], said["date"], said["ran"]) == (1, "2026-11-20", {"api": "2026-11-20"})
    assert "static" in said["tables"]["flavour"]


def test_a_stack_of_another_folder_is_not_proven(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    shutil.copy(bundled("stacks") / "go.yaml", tmp_path / "go.yaml")
    assert main(["stacks", "show", "go", "--stacks", str(tmp_path)]) == 0
    assert "(stack go, version 1, not proven by dockgen)" in capsys.readouterr().out
    assert main(["stacks", "--json", "--stacks", str(tmp_path)]) == 0
    rows = {row["name"]: row for row in json.loads(capsys.readouterr().out)}
    assert rows["go"]["tier"] is None
    assert rows["rust"]["cases"]
