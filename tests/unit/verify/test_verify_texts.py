"""Changed Dockerfiles, BuildKit's progress, engine commands: what verify writes and reads as text."""

from __future__ import annotations

import base64
import json
from pathlib import Path
from typing import Any

import pytest

from dockgen.dockerfile.parser import parse
from dockgen.errors import ProjectError
from dockgen.verify.checks.labels import invalid
from dockgen.verify.checks.leak_cache_mounts import cache_mounts, judge_mounts, probe
from dockgen.verify.checks.secrets_used import optional_secrets
from dockgen.verify.checks.warm_rebuild import pick_source
from dockgen.verify.checks.writes import written
from dockgen.verify.engine.docker import build_command, cache_mount_ids, run_command
from dockgen.verify.engine.model import BuildRequest, RunRequest
from dockgen.verify.engine.podman import podman_build
from dockgen.verify.filesystem import Entry, LayerContent
from dockgen.verify.model import Status
from dockgen.verify.progress import BuildLog
from dockgen.verify.target import read_secret


@pytest.mark.parametrize(
    ("written_as", "expected"),
    [
        ("type=secret,id=a,required=true", "type=secret,id=a"),
        ("type=secret,required=true,id=a", "type=secret,id=a"),
        ("type=secret,id=a,required", "type=secret,id=a"),
        ("type=secret,id=a,required=1,env=A", "type=secret,id=a,env=A"),
        ("type=secret,id=a", "type=secret,id=a"),
        ("type=cache,target=/required=true", "type=cache,target=/required=true"),
    ],
)
def test_required_is_taken_from_secret_mounts_only(written_as: str, expected: str) -> None:
    source = f"FROM x\nRUN --mount={written_as} \\\n    run ,required=true\n"
    found = optional_secrets(source, parse(source).stages[0].instructions)
    assert found == f"FROM x\nRUN --mount={expected} \\\n    run ,required=true\n"


def test_cache_mounts_are_copied_out_in_the_stage_that_uses_them() -> None:
    source = (
        "FROM a AS one\nRUN --mount=type=cache,id=x,target=/c true\nRUN --mount=type=cache,target=/d true\n"
    )
    mounts = cache_mounts(parse(source).stages)
    assert [(mount.id, mount.stage.name) for mount in mounts] == [("x", "one"), ("/d", "one")]
    changed = parse(probe(source, mounts, "0a1b"))
    assert changed.problems == ()
    assert [stage.image for stage in changed.stages] == ["a", "one", "one", "scratch"]
    copies = [stage for stage in changed.stages if stage.image == "one"]
    assert all("DOCKGEN_RUN=0a1b" in stage.inherited("ENV")[-1].text for stage in copies), (
        "else cached copies"
    )


@pytest.mark.parametrize(
    ("path", "found", "status"),
    [
        ("/0-x/file", [], Status.PASSED),
        ("/0-x/file", ["the secret in /0-x/file"], Status.FAILED),
        ("/1-other/file", [], Status.SKIPPED),
    ],
)
def test_a_cache_mount_that_is_empty_proves_nothing(path: str, found: list[str], status: Status) -> None:
    (mount,) = cache_mounts(parse("FROM a AS one\nRUN --mount=type=cache,id=x,target=/c true\n").stages)
    entry = Entry(path, "file", 0o644, 0, 0, 1, "", 0)
    assert judge_mounts([mount], [LayerContent(entries=[entry], found=found)]).status is status


def test_only_cache_mounts_of_the_run_are_found_for_removal() -> None:
    rows = [("aa1", "ns1-main/x"), ("bb2", "ns12-main/x"), ("cc3", "/x"), ("../d", "ns1-main/x")]
    usage = "\n\n".join(
        f'ID:\t{identity}\nMutable:\ttrue\nDescription:\tcached mount /c from exec sh with id "{name}"'
        for identity, name in rows
    )
    assert cache_mount_ids(usage, "ns1") == ["aa1"]


def event(**fields: Any) -> bytes:
    return json.dumps(fields).encode() + b"\n"


def test_progress_gives_steps_with_times_and_what_they_wrote() -> None:
    log = BuildLog()
    first = {"digest": "1", "name": "load", "started": "2026-01-01T00:00:00.000000001Z"}
    log.feed(event(vertexes=[first]))
    log.feed(event(vertexes=[{**first, "completed": "2026-01-01T00:00:01.5Z"}]))
    log.feed(
        event(vertexes=[{"digest": "2", "name": "old", "started": "2020-01-01T00:00:00Z", "cached": True}])
    )
    shared = {"digest": "4", "name": "another build's", "started": "2025-12-31T23:59:50Z"}
    log.feed(event(vertexes=[{**shared, "completed": "2026-01-01T00:00:00.5Z"}]))
    log.feed(event(logs=[{"vertex": "1", "data": base64.b64encode(b"hello\n").decode()}]))
    log.feed(event(vertexes=[{"digest": "3", "name": "bad", "error": "exit code: 1"}]))
    assert [(s.name, s.start, s.end, s.cached) for s in log.steps()] == [
        ("old", 0.0, 0.0, True),
        ("another build's", 0.0, 0.5, True),
        ("load", 0.0, 1.5, False),
    ]
    assert (log.tail(), log.failures()) == (["hello"], ["bad: exit code: 1"])


@pytest.mark.parametrize(
    "line",
    [
        b"not json\n",
        b"[1]\n",
        b'{"vertexes": 3}\n',
        b'{"vertexes": [null, 7, {"started": [], "completed": {}}]}\n',
        b'{"logs": [{"data": "%%%"}, {"data": null}]}\n',
        b"[" * 50_000,
        b"\xff\xfe\n",
    ],
    ids=range(7),
)
def test_hostile_progress_is_kept_and_never_raises(line: bytes) -> None:
    log = BuildLog()
    log.feed(line)
    assert isinstance(log.steps(), tuple)
    assert bytes(log.raw) == line


def test_a_build_asks_for_everything_it_needs() -> None:
    command = build_command(
        BuildRequest(
            Path("/c"),
            Path("/c/Dockerfile"),
            secrets={"a": Path("/s")},
            build_args={"X": "1"},
            namespace="ns",
            network="host",
            ssh=("default",),
            hosts=("git.example.com:192.0.2.1",),
            no_cache=True,
            epoch=5,
            provenance=True,
            archive=Path("/o.tar"),
            cache=Path("/cache"),
        )
    )
    assert {"--no-cache", "--provenance=mode=max", "id=a,src=/s", "X=1", "SOURCE_DATE_EPOCH=5"} <= set(
        command
    )
    assert {"BUILDKIT_CACHE_MOUNT_NS=ns", "type=oci,dest=/o.tar,rewrite-timestamp=true"} <= set(command)
    assert command[command.index("--ssh") + 1] == "default"
    assert command[command.index("--add-host") + 1] == "git.example.com:192.0.2.1"
    assert command[-1] == "/c"


def test_podman_builds_in_the_format_that_keeps_the_healthcheck() -> None:
    request = BuildRequest(
        Path("/c"), Path("/c/D"), secrets={"a": Path("/s")}, build_args={"X": "1"}, target="t"
    )
    command = " ".join(podman_build(request, "name:tag"))
    for part in (
        "--format docker",
        "--no-cache",
        "--layers=false",
        "--secret id=a,src=/s",
        "--build-arg X=1",
    ):
        assert part in command
    assert command.endswith("--target t --secret id=a,src=/s --build-arg X=1 /c")


def test_a_hardened_run_has_every_restriction() -> None:
    command = " ".join(
        run_command(RunRequest("i", "s", "n", port=80, tmpfs=("/tmp",), init=True, environment={"A": "b"}))
    )
    for part in (
        "--read-only", "--cap-drop ALL", "--security-opt no-new-privileges", "--pids-limit", "--memory",
        "--init", "--tmpfs /tmp", "--publish 127.0.0.1::80", "--env A=b", "--label dev.dockgen.verify=s",
    ):  # fmt: skip
        assert part in command


def test_the_source_to_change_is_one_that_is_copied(tmp_path: Path) -> None:
    for name in ("setup.py", "src/b.py", "src/a_test.py", "src/node_modules/a.js", "docs/a.py"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    dockerfile = parse("FROM a\nCOPY pyproject.toml ./\nCOPY src/ src/\n")
    assert pick_source(tmp_path, dockerfile) == tmp_path / "src" / "b.py"
    assert pick_source(tmp_path, parse("FROM a\nCOPY ../x /\n")) is None


def test_only_what_was_written_counts_and_not_the_folder_above() -> None:
    changes = [
        ("C", "/app"),
        ("A", "/app/x"),
        ("C", "/data"),
        ("A", "/data/y"),
        ("A", "/.dockerenv"),
        ("D", "/z"),
    ]
    assert written(changes, ["/data"]) == [("A", "/app/x"), ("D", "/z")]


@pytest.mark.parametrize(
    ("key", "value", "valid"),
    [
        ("licenses", "MIT OR Apache-2.0", True),
        ("licenses", "(MIT AND BSD-3-Clause) OR GPL-2.0-or-later WITH Classpath-exception-2.0", True),
        ("licenses", "Apache 2", False),
        ("created", "2026-01-01T00:00:00Z", True),
        ("created", "yesterday", False),
        ("source", "https://git.example.com/a", True),
        ("source", "git.example.com/a", False),
        ("base.digest", "sha256:" + "a" * 64, True),
        ("base.digest", "latest", False),
        ("title", "", False),
        ("version", "${VERSION}", False),
    ],
)
def test_labels_are_judged_by_their_key(key: str, value: str, valid: bool) -> None:
    assert (invalid({f"org.opencontainers.image.{key}": value}) == []) is valid


def test_a_secret_is_read_from_a_file_or_a_variable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "s").write_bytes(b"value\n")
    monkeypatch.setenv("MY_TOKEN", "other")
    assert read_secret(f"id=a,src={tmp_path / 's'}") == ("a", b"value\n")
    assert read_secret("id=b,env=MY_TOKEN") == ("b", b"other")


@pytest.mark.parametrize(
    "option", ["a", "id=a", "src=x", "id=a,src=/does/not/exist", "id=a,env=SURELY_NOT_SET"]
)
def test_a_secret_that_cannot_be_read_is_an_error_with_a_sentence(option: str) -> None:
    with pytest.raises(ProjectError):
        read_secret(option)
