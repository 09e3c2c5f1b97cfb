"""The graph of stages, what fits and what does not, health checks, suppressions, archives."""

import io
import tarfile
from pathlib import Path

import pytest

from dockgen.dockerfile.parser import parse
from dockgen.lint.analysis.additions import is_plain_copy
from dockgen.lint.analysis.archives import danger
from dockgen.lint.analysis.fit import misfit
from dockgen.lint.analysis.probes import called, is_missing
from dockgen.lint.analysis.stages import has_hidden_sources, needed, transfers
from dockgen.lint.analysis.suppressions import suppressions


def test_what_a_target_needs() -> None:
    dockerfile = parse(
        "FROM alpine AS a\nFROM alpine AS b\nFROM alpine AS c\nFROM a AS d\nCOPY --from=1 /x /x\n"
        "RUN --mount=from=alpine:3,target=/y ls\nFROM alpine\n"
    )
    assert needed(dockerfile, [dockerfile.stages[3]]) == {0, 1, 3}
    assert needed(dockerfile, [dockerfile.stages[4]]) == {4}


def test_transfers_name_their_stage_and_paths() -> None:
    dockerfile = parse(
        'FROM alpine AS a\nFROM alpine\nCOPY --from=A ["/x y", "/z", "/to/"]\nCOPY --from=alpine:3 /b /b\n'
    )
    (transfer,) = transfers(dockerfile, dockerfile.stages[1])
    assert (transfer.source.name, transfer.paths, transfer.destination) == ("a", ["/x y", "/z"], "/to/")


@pytest.mark.parametrize(
    ("image", "expected"),
    [
        ("build-$ARCH", True),
        ("$BASE", True),
        ("app-${GPU:+gpu-}${GPU:-cpu}", True),
        ("node:$TAG", False),
        ("$REGISTRY/x", False),
    ],
)
def test_stages_behind_variables(image: str, expected: bool) -> None:
    assert has_hidden_sources(parse(f"FROM {image}\n")) is expected


def reason(built: str, commands: str, run: str, copied: str, more: str = "") -> str | None:
    dockerfile = parse(
        f"FROM {built} AS build\nRUN {commands}\nFROM {run}\n{more}COPY --from=build {copied}\nCMD a\n"
    )
    (transfer,) = transfers(dockerfile, dockerfile.stages[1])
    return misfit(transfer, dockerfile.stages[1])


def test_go_and_its_c_library() -> None:
    assert reason("golang:1.27-trixie", "go build -o /a .", "alpine:3.24", "/a /a")
    assert reason("golang:1.27-alpine", "apk add gcc && go build -o /a .", "debian:trixie", "/a /a")
    assert reason("golang:1.27-alpine", "go build -o /a .", "debian:trixie", "/a /a") is None
    assert (
        reason("golang:1.27-trixie", "go build -ldflags '-extldflags -static' .", "scratch", "/a /a") is None
    )


def test_erlang_releases_and_gems() -> None:
    assert reason("elixir:1.20-slim", "MIX_ENV=prod mix release", "alpine:3.24", "/a /a")
    assert reason("ruby:3.4-slim", "bundle install", "ruby:3.4-alpine", "/usr/local/bundle /usr/local/bundle")
    assert (
        reason("ruby:3.4-slim", "bundle install", "ruby:3.4-slim", "/usr/local/bundle /usr/local/bundle")
        is None
    )


def test_go_on_an_older_glibc_needs_cgo_for_sure() -> None:
    assert reason("golang:1.27-trixie", "CGO_ENABLED=1 go build .", "debian:bookworm", "/a /a")
    assert reason("golang:1.27-trixie", "go build .", "debian:bookworm", "/a /a") is None


def test_a_long_line_takes_no_time() -> None:
    assert reason("elixir:1.20-slim", "mix " * 10_000, "alpine:3.24", "/a /a") is None


def test_programs_of_a_health_check() -> None:
    def programs(text: str) -> list[str]:
        return list(called(parse(f"FROM alpine\nHEALTHCHECK {text}\n").stages[0].instructions[0]))

    assert programs("CMD curl -f http://x || exit 1") == ["sh", "curl"]
    assert programs("CMD test -f /x && /usr/bin/wget -q http://x") == ["sh", "wget"]
    assert programs('CMD ["curl", "http://x"]') == ["curl"]
    assert programs('CMD ["sh", "-c", "nc -z localhost 80"]') == ["sh", "nc"]
    assert programs("CMD /app --url=curl") == ["sh"]
    assert programs("NONE") == []


@pytest.mark.parametrize(
    "line",
    [
        "RUN apk add curl",
        "COPY --from=x /usr/bin/curl /bin/",
        "COPY --from=x /usr/bin /usr/bin",
        "RUN sh setup.sh",
        "RUN /opt/setup/install --all",
        "RUN <<EOF\napk add curl\nEOF",
    ],
)
def test_what_may_bring_a_program(line: str) -> None:
    assert is_missing("curl", parse("FROM alpine:3.24.2\n").stages[0])
    assert not is_missing("curl", parse(f"FROM alpine:3.24.2\n{line}\n").stages[0])


def test_suppressions_with_and_without_reasons() -> None:
    text = (
        "# check=skip=JSONArgsRecommended,StageNameCasing;error=true\nFROM alpine\n"
        "# dockgen ignore=DG0201 -- needed\n# hadolint global ignore=DL3018 , SC2086\nRUN a\n"
        "# because\n# hadolint ignore=DL3002\nUSER root\n"
    )
    found = [(one.tool, one.ids, one.reason) for one in suppressions(parse(text))]
    assert found == [
        ("buildkit", ("JSONArgsRecommended", "StageNameCasing"), ""),
        ("dockgen", ("DG0201",), "needed"),
        ("hadolint", ("DL3018", "SC2086"), ""),
        ("hadolint", ("DL3002",), "because"),
    ]


def test_a_long_suppression_takes_no_time() -> None:
    (found,) = suppressions(parse("FROM alpine\n# dockgen ignore=" + "A " * 20_000 + "\n"))
    assert len(found.ids) == 20_000


def write(path: Path, *members: tuple[str, str, int]) -> Path:
    with tarfile.open(path, "w:gz" if path.suffix == ".gz" else "w") as archive:
        for name, link, size in members:
            member = tarfile.TarInfo(name)
            member.type, member.linkname, member.size = (
                (tarfile.SYMTYPE if link else tarfile.REGTYPE),
                link,
                size,
            )
            archive.addfile(member, io.BytesIO(b"\0" * size))
    return path


def test_archives_that_leave_their_folder(tmp_path: Path) -> None:
    assert danger(write(tmp_path / "a.tar.gz", ("ok", "", 3), ("../../etc/passwd", "", 3)))
    assert danger(write(tmp_path / "b.tar", ("lib/x", "../../etc", 0)))
    assert danger(write(tmp_path / "c.tar", ("bin/sh", "../usr/bin/dash", 0), ("lib", "/usr/lib", 0))) is None


def test_an_archive_that_grows_without_end(tmp_path: Path) -> None:
    header = tarfile.TarInfo("zeros")
    header.size = 8 * 2**30
    (tmp_path / "bomb.tar").write_bytes(header.tobuf() + b"\0" * 1024)
    assert danger(tmp_path / "bomb.tar") == "unpacks to more than 8 GiB out of 2 KiB"


def test_no_archive_at_all(tmp_path: Path) -> None:
    for name in ("x.tar", "x.tar.gz", "x.tar.xz"):
        (tmp_path / name).write_bytes(b"no archive")
        assert danger(tmp_path / name) is None
    assert danger(tmp_path / "absent.tar") is None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ADD a b", True),
        ("ADD --chown=1 a b", True),
        ("ADD --unpack=false a b", False),
        ("ADD a.tar b", False),
        ("ADD a.TGZ b", False),
        ("ADD a.jar b", True),
        ("ADD https://x/a b", False),
        ("ADD git@github.com:a/b.git b", False),
        ("ADD $A b", False),
        ("ADD a* b", False),
        ('ADD ["a", "b"]', True),
    ],
)
def test_what_add_does(line: str, expected: bool) -> None:
    assert is_plain_copy(parse(f"FROM scratch\n{line}\n").stages[0].instructions[0], None) is expected
