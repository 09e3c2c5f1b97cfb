"""Whatever bytes a project's files hold: a setup, or a sentence; never a traceback."""

import datetime
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dockgen.errors import DockgenError
from dockgen.setup.new import Request, create

GO = Path(__file__).parents[2] / "stacks" / "go" / "api" / "project"
START = {
    "go.mod": b"module git.example.com/a\n\ngo 1.26\n",
    "dockgen.yaml": b"version: 1\nanswers:\n  port: ",
    "dockgen.lock": b"version: 1\ndockgen: x\nfiles:\n  Dockerfile: ",
    "answers.yaml": b"port: ",
    "answers.json": b'{"port": ',
}
TOKENS = st.sampled_from(
    [
        b"\n",
        b": ",
        b"- ",
        b"[",
        b"{",
        b"&a ",
        b"*a",
        b"!!int ",
        b"? ",
        b"|",
        b"%YAML 9\n",
        b"---\n",
        b"\xff",
        b"\0",
        b"2024-13-45",
        b"1e999",
        b".nan",
        b"9" * 5000,
        b"<<: ",
        b'"',
        b"\t",
        b"\xef\xbb\xbf",
        b"version",
        b"null",
    ]
)
BYTES = st.lists(st.one_of(TOKENS, st.binary(max_size=6)), max_size=8).map(b"".join)


def planned(*_: object, **__: object) -> None:
    raise DockgenError("planned")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield Path(shutil.copytree(GO, tmp_path_factory.mktemp("hostile") / "api"))


@pytest.mark.parametrize("name", START)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(tail=BYTES, whole=st.booleans())
def test_no_bytes_end_in_a_traceback(
    project: Path, monkeypatch: pytest.MonkeyPatch, name: str, tail: bytes, whole: bool
) -> None:
    # Linting is not what is asked here, and takes most of the time.
    monkeypatch.setattr("dockgen.setup.new.generate", planned)
    file = project / name
    before = file.read_bytes() if file.exists() else None
    file.write_bytes(tail if whole else START[name] + tail)
    answers = file if name.startswith("answers") else None
    try:
        with pytest.raises(DockgenError) as caught:
            create(Request(project, datetime.date(2026, 11, 1), answers=answers, yes=True))
        assert caught.value.message
    finally:
        file.unlink() if before is None else file.write_bytes(before)
