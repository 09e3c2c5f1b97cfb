"""`dockgen new` where something is in the way: one sentence with the way out, exit 2, nothing lost."""

from __future__ import annotations

import datetime
import functools
import io
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from dockgen.answers.model import Resolution
from dockgen.cli.main import run
from dockgen.output.files import recover, write_all
from dockgen.setup import target
from dockgen.setup.generate import Generated, generate
from dockgen.setup.survey import Survey, survey

GO = Path(__file__).parents[2] / "stacks" / "go" / "api" / "project"
TODAY = datetime.date(2026, 11, 1)
NAMES = ("Dockerfile", ".dockerignore", "dockgen.yaml", "dockgen.lock")
NODE = '{"name": "a", "scripts": {"start": "node i.js"}, "dependencies": {"express": "4"}}'
BOMB = "a: &a [x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{chr(ord(name) - 1)}'] * 9)}]\n" for name in "bcdefghi"
)


@pytest.fixture(autouse=True)
def nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())


@pytest.fixture
def project(tmp_path: Path) -> Path:
    return Path(shutil.copytree(GO, tmp_path / "api"))


def contents(folder: Path) -> dict[str, bytes]:
    found = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink())
    return {str(path.relative_to(folder)): path.read_bytes() for path in found}


def refused(capsys: pytest.CaptureFixture[str], *words: str | Path) -> str:
    """Run it, and return what it says while it changes nothing."""
    capsys.readouterr()
    code = run(["new", "--yes", *map(str, words)])
    said = capsys.readouterr()
    assert (code, said.out) == (2, ""), said.err
    assert said.err.startswith("dockgen: ")
    assert "Traceback" not in said.err
    assert "bug" not in said.err
    # A sentence, and under it the way out.
    assert len(said.err.splitlines()) >= 2, said.err
    return said.err


PROJECT_FILES: dict[str, tuple[dict[str, str | bytes], str]] = {
    "JSON": ({"package.json": '{"name":\n"a",,}'}, "package.json:2: not valid JSON"),
    "npm's lock": ({"package.json": NODE, "package-lock.json": '{"a": 1,\n"b"}'}, "package-lock.json:2: "),
    "pnpm's lock": (
        {"package.json": NODE, "pnpm-lock.yaml": 'lockfileVersion: "9.0"\npackages:\n  a: [\nb: }\n'},
        "pnpm-lock.yaml:4: not valid YAML",
    ),
    "Yarn's lock": (
        {"package.json": NODE, "yarn.lock": '# yarn lockfile v1\n\na@^1:\n  version "1.0.0"\n  resol'},
        "yarn.lock:5: not a valid lock file: no entry",
    ),
    "a merge": (
        {"package.json": NODE, "yarn.lock": 'a@^1:\n<<<<<<< HEAD\n  version "1.0.0"\n=======\n'},
        "yarn.lock:2: not a valid lock file: a merge left its marks",
    ),
    "a module without a name": (
        {"go.mod": "// a comment\ngo 1.26\n", "main.go": "package main\n\nfunc main() {}\n"},
        "go.mod:1: no line names the module",
    ),
    "a lock of nothing": ({"package.json": NODE, "package-lock.json": "[]"}, "package-lock.json: lists no"),
    "not UTF-8": ({"package.json": NODE, "package-lock.json": b'{"a":\n"\xff"}'}, "package-lock.json:2: not"),
    "binary": ({"package.json": NODE, "package-lock.json": b"\x7fELF\0\0"}, "package-lock.json:1: binary"),
    "huge": ({"package.json": NODE + " " * 3_000_000}, "package.json: larger than 2,048 KiB"),
    "deep": ({"package.json": "[" * 100_000}, "package.json: not valid JSON: it is nested too deeply"),
    "TOML": ({"pyproject.toml": "[project\nname="}, "pyproject.toml:1: not valid TOML"),
    "UTF-16": ({"pyproject.toml": "[project]".encode("utf-16")}, "pyproject.toml: the text is UTF-16"),
    "uv's lock": (
        {"pyproject.toml": '[project]\nname = "a"\nversion = "1"\n', "uv.lock": "version = 1\n[[package]\n"},
        "uv.lock:2: not valid TOML",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PROJECT_FILES)
def test_a_project_file_that_cannot_be_understood(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    files, place = PROJECT_FILES[name]
    for path, content in files.items():
        (tmp_path / path).write_bytes(content if isinstance(content, bytes) else content.encode())
    before = contents(tmp_path)
    stack = "python" if "pyproject.toml" in files else "go" if "go.mod" in files else "node"
    said = refused(capsys, tmp_path, "--set", f"stack={stack}")
    assert said.startswith(f"dockgen: {place}"), said
    assert contents(tmp_path) == before


ANSWERS: dict[str, tuple[str, str | bytes, str]] = {
    "YAML": ("a.yaml", "port: [1\nx: }", "a.yaml:2: not valid YAML"),
    "JSON": ("a.json", '{"port": 1,\n "x" }', "a.json:2: not valid JSON"),
    "a YAML bomb": ("a.yaml", BOMB, "a.yaml: YAML aliases are not allowed"),
    "not UTF-8": ("a.yaml", b"\xff\xfe\0", "a.yaml: not UTF-8"),
    "binary": ("a.yaml", b"port: \0", "a.yaml: not valid YAML"),
    "huge": ("a.yaml", "a" * 1_000_001, "a.yaml: larger than 1000000 bytes"),
    "deep": ("a.json", "[" * 100_000, "a.json: nested too deeply"),
    "no mapping": ("a.json", "[1]", "a.json: must be a mapping"),
    "a wrong value": ("a.yaml", "\nport: abc\n", "a.yaml:2: answer port: 'abc' is not a whole number"),
    "out of range": ("a.json", '{"answers": {"port":\n99999}}', "a.json:1: answer port: 99999 is out of"),
    "twice": ("a.yaml", "port: 1\ntitle: a\nport: 2\n", "a.yaml:3: 'port' stands twice, on lines 1"),
    "twice in JSON": ("a.json", '{"port": 1,\n"port": 2}', "a.json:2: 'port' stands twice, on lines"),
    "twice within": ("a.yaml", "environment:\n  A: b\n  A: c\n", "a.yaml:3: 'A' stands twice, on"),
    "an unknown name": ("a.yaml", "title: a\nprot: 1\n", "a.yaml:2: go has no answer named 'prot'"),
}  # fmt: skip


@pytest.mark.parametrize("name", ANSWERS)
def test_answers_that_cannot_be_understood(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str
) -> None:
    file, content, place = ANSWERS[name]
    (tmp_path / file).write_bytes(content if isinstance(content, bytes) else content.encode())
    before = contents(project)
    said = refused(capsys, project, "--answers", tmp_path / file)
    assert said.startswith(f"dockgen: {place}"), said
    assert contents(project) == before


def test_entities_of_xml_are_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    # No stack of dockgen's reads XML yet; an organization's own does.
    stacks, app = tmp_path / "stacks", tmp_path / "app"
    stacks.mkdir()
    app.mkdir()
    (stacks / "jvm.yaml").write_text(
        "name: jvm\ntitle: JVM\nversion: 1\ndetect: [{file: app.xml, exists: true, weight: 100}]\n"
        "---\nfacts: {release: [{file: app.xml, xml: project/version}]}\nquestions: {}\nplan: {}\n"
    )
    (app / "app.xml").write_text(
        '<?xml version="1.0"?>\n<!DOCTYPE p [<!ENTITY a SYSTEM "file:///etc/passwd">]>\n<p>&a;</p>'
    )
    said = refused(capsys, app, "--stacks", stacks)
    assert said.startswith("dockgen: app.xml"), said
    assert "root:" not in said


@pytest.mark.parametrize("to", ["outside", "fifo", "folder"])
def test_dockgen_yaml_that_is_no_file_of_the_project(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], to: str
) -> None:
    own = project / "dockgen.yaml"
    (tmp_path / "outside.yaml").write_text("version: 1\nanswers: {port: 9999}\n")
    {
        "outside": lambda: own.symlink_to(tmp_path / "outside.yaml"),
        "fifo": lambda: os.mkfifo(own),
        "folder": own.mkdir,
    }[to]()
    assert "dockgen.yaml" in refused(capsys, project)
    assert not (project / "Dockerfile").exists()


def test_a_symlink_out_of_the_project_is_not_read_and_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = tmp_path / "app"
    app.mkdir()
    (app / "package.json").write_text(NODE)
    (app / "i.js").write_text("require('express')().listen(3000)\n")
    (tmp_path / "lock.json").write_text("{}")
    (app / "package-lock.json").symlink_to(tmp_path / "lock.json")
    assert run(["new", "--yes", str(app)]) == 0
    said = capsys.readouterr().out
    assert "package-lock.json was not read: a symlink out of the project." in said
    assert (tmp_path / "lock.json").read_text() == "{}"


def test_what_is_written_does_not_follow_a_symlink_out(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    outside = tmp_path / "outside"
    outside.write_text("mine\n")
    (project / "Dockerfile").symlink_to(outside)
    said = refused(capsys, "--force", project)
    assert "Dockerfile: the symlink leads out of" in said
    assert outside.read_text() == "mine\n"


@pytest.fixture
def own_disk(tmp_path: Path) -> Iterator[Path]:
    """A real file system of 256 KiB with a project on it."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", str(disk)]
    if not shutil.which("mount") or subprocess.run(mount, capture_output=True, check=False).returncode:
        pytest.skip("a file system can be mounted by root only")
    shutil.copytree(GO, disk / "api")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk(own_disk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = own_disk / "api"
    assert run(["new", "--yes", str(project)]) == 0
    before, outcomes = contents(project), []
    for pages in range(0, 16, 3):
        filler = fill(own_disk, pages)
        capsys.readouterr()
        code = run(["new", "--yes", "--set", "port=9000", str(project)])
        outcomes.append(code)
        said = capsys.readouterr().err
        filler.unlink()
        if code:
            assert "No space left on device" in said
            assert "Free some space" in said
            assert contents(project) == before
    assert outcomes[0] == 2
    assert outcomes[-1] == 0
    assert b"EXPOSE 9000" in (project / "Dockerfile").read_bytes()


def fill(disk: Path, pages: int) -> Path:
    """Take all space but for so many pages."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"x" * 4096)
        except OSError:
            file.truncate(max(0, file.tell() - pages * 4096))
    return filler


def test_a_read_only_file_system(own_disk: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(own_disk)], check=True)
    before = contents(own_disk)
    said = refused(capsys, own_disk / "api")
    assert "read-only" in said.lower()
    assert "--output" in said
    assert contents(own_disk) == before
    # A look ends as the run would, and the way out works.
    assert refused(capsys, "--dry-run", own_disk / "api") == said
    assert run(["new", "--yes", "--output", str(tmp_path / "out"), str(own_disk / "api")]) == 0
    assert (tmp_path / "out" / "Dockerfile").exists()


@pytest.mark.skipif(not hasattr(os, "seteuid"), reason="no POSIX users here")
def test_a_folder_of_another_user(capsys: pytest.CaptureFixture[str]) -> None:
    # pytest's own folders are closed to other users.
    folder = Path(os.path.realpath("/tmp")) / f"dockgen-new-{os.getpid()}"
    project = Path(shutil.copytree(GO, folder / "api"))
    was_root = os.geteuid() == 0
    for path in (folder, *folder.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    try:
        if was_root:
            os.seteuid(65534)
        said = refused(capsys, project)
    finally:
        if was_root:
            os.seteuid(0)
        subprocess.run(["chmod", "-R", "u+rwX", str(folder)], check=True)
        left = contents(folder).keys()
        shutil.rmtree(folder)
    assert "the folder is read-only" in said
    assert "--output" in said
    assert not any(path.endswith(NAMES) for path in left)


@pytest.mark.skipif(not hasattr(os, "fork"), reason="no fork here")
def test_kill_9_at_every_step_leaves_the_old_or_the_new_set(
    project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ["new", "--yes", "--set", "port=9000", str(project)]
    assert run(["new", "--yes", str(project)]) == 0
    old = generated(project)
    # Made once: what is asked here is the writing.
    made = functools.cache(lambda: generate(survey(project), settled[0], TODAY))
    settled: list[Resolution] = []

    def remembered(_: Survey, resolution: Resolution, *__: object, **___: object) -> Generated:
        settled.append(resolution)
        return made()

    monkeypatch.setattr("dockgen.setup.new.generate", remembered)
    assert run(words) == 0
    new = generated(project)
    for name, content in old.items():
        (project / name).write_bytes(content)
    step, seen = 0, set()
    while killed_at(step, words):
        assert generated(project).keys() == old.keys()
        recover(project)
        after = generated(project)
        assert after in (old, new), step
        seen.add("old" if after == old else "new")
        for name, content in old.items():
            (project / name).write_bytes(content)
        step += 1
    assert step > 15
    assert seen == {"old", "new"}
    assert generated(project) == new


def generated(project: Path) -> dict[str, bytes]:
    return {name: (project / name).read_bytes() for name in NAMES if (project / name).exists()}


def killed_at(step: int, words: list[str]) -> bool:
    """Run the command in a process that dies before its n-th change of the disk; False where it ends."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        left = iter(range(step, -1, -1))

        def checkpoint(_: str) -> None:
            if not next(left):
                os.kill(os.getpid(), signal.SIGKILL)

        target.write_all = functools.partial(write_all, checkpoint=checkpoint)
        os._exit(run(words))
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)
