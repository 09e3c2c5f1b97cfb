"""Each check has something broken that it finds, without an engine: none can be taken away unnoticed.

tests/e2e/broken shows the same by real builds.
"""

from __future__ import annotations

import http.server
import re
import tarfile
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from dockgen.verify.checks import all_checks
from dockgen.verify.engine.model import RunRequest
from dockgen.verify.model import EVIDENCE_SHOWN, Evidence, Status
from dockgen.verify.report.text import text_report
from dockgen.verify.runner import CLEANUP, verify
from dockgen.verify.target import load_target
from e2e.broken_cases import broken_cases
from unit.verify.archives import folder, link, member
from unit.verify.pretend import DIGEST, Answering, Pretending, Scene

# dockle itself is not at hand everywhere; the others are facts without a verdict.
ONLY_REPORTED = {"any-user", "dockle", "size", "vulnerabilities"}
KNOWN = {check.id for module in all_checks() for check in module.checks}
FINAL = "gcr.io/distroless/python3-debian13:nonroot"
GIT = (folder("app/.git"), member("app/.git/HEAD", b"ref"))
OTHER = "python:3.13-slim@sha256:" + "b" * 64
OWNED = member("app/server.pyc", b"x", uid=10001, gid=10001, mode=0o444)
CACHE = member("app/cache", type=tarfile.DIRTYPE, uid=10001, gid=10001, mode=0o755)
HOME = (
    member("home/app", type=tarfile.DIRTYPE, uid=10001, gid=10001, mode=0o755),
    member("home/app/run", b"x", uid=10001, gid=10001),
)
SHADOW = (
    member("etc/shadow", b"open::1::::::\n"),
    member("etc/passwd", b"a:x:1:1::/:/bin/false\nb:x:1:1::/:/bin/false\n"),
)


def tool(path: str) -> tuple[object, bytes]:
    return member(path, b"\x7fELF", mode=0o755)


def leak(place: str) -> Scene:
    return Scene(leaks=frozenset({place}))


def sick(word: str) -> Scene:
    return Scene(health=lambda request: "unhealthy" if word in request.environment else "healthy")


# Each breaks one promise: the scene, the check that fails, and a part of what it says.
BROKEN: list[tuple[Scene, str, str]] = [
    (Scene(builds=False), "build", "exit code: 1"),
    (Scene(warnings=("JSONArgsRecommended: x",)), "build-checks", "JSONArgsRecommended"),
    (leak("layer"), "leak-layers", "the secret token (plain) in /app/stamp, layer 2 of 2"),
    (leak("bait"), "leak-layers", "the canary of .env (plain) in /app/.env, layer 2 of 2"),
    (leak("config"), "leak-config", "the secret token (plain) in config"),
    (leak("log"), "leak-log", "the secret token (plain) in a step's output"),
    (leak("provenance"), "leak-provenance", "(provenance)"),
    (leak("SBOM"), "leak-sbom", "(SBOM)"),
    (leak("cache"), "leak-cache", "the secret token (plain) in /src/stamp, cached layer"),
    (leak("cache mount"), "leak-cache-mounts", "the secret token (plain) in /0-pip/wheel"),
    (Scene(settings={"User": ""}), "user", "starts as root"),
    (Scene(settings={"User": "0:0"}), "user", "starts as root"),
    (Scene(settings={"User": "app"}), "user", "not numeric"),
    (Scene(settings={"User": "10001:app"}), "user", "not numeric"),
    (Scene(app=(member("app/x", b"x", mode=0o4755),)), "setid", "4755 0:0 /app/x"),
    (Scene(app=(member("app/x", b"x", mode=0o2755),)), "setid", "2755 0:0 /app/x"),
    (Scene(app=(OWNED,)), "app-writable", "file 0444 10001:10001 /app/server.pyc"),
    (Scene(app=(member("app/g", b"x", gid=10001, mode=0o664),)), "app-writable", "/app/g"),
    (Scene(app=(tool("usr/bin/dash"), link("bin/sh", "/usr/bin/dash"))), "no-shell", "/bin/sh"),
    (Scene(app=(tool("usr/bin/apt-get"),)), "no-package-manager", "/usr/bin/apt-get"),
    (Scene(app=(tool("opt/bin/gcc"),)), "no-compiler", "/opt/bin/gcc"),
    (Scene(app=(tool("usr/bin/curl"),)), "no-download-tool", "/usr/bin/curl"),
    (Scene(app=GIT), "no-vcs-data", "/app/.git"),
    (Scene(app=GIT, later=(member("app/.wh..git"),)), "no-vcs-data", "/app/.git"),
    (Scene(app=(member("app/Dockerfile", b"x"),)), "no-workshop-files", "/app/Dockerfile"),
    (Scene(settings={"Labels": {}}), "labels", "no label org.opencontainers.image.title"),
    (
        Scene(settings={"Labels": {"org.opencontainers.image.title": "a", "a b": "c"}}),
        "labels",
        "no valid key",
    ),
    (Scene(edit=(f"{FINAL}@{DIGEST}", FINAL), images={}), "base-pinned", f"line 4: {FINAL}"),
    (Scene(edit=(":nonroot@", "@")), "base-pinned", "line 4: gcr.io/distroless/python3-debian13@sha256"),
    (Scene(edit=("python:3.13-slim@", "python:latest@")), "base-pinned", "line 1: python:latest@sha256"),
    (
        Scene(edit=("COPY server.py", "COPY --from=busybox:1 /a /b\nCOPY server.py"), images={}),
        "base-pinned",
        "line 5: busybox:1",
    ),
    (
        Scene(edit=("COPY server.py", "RUN --mount=from=busybox:1,target=/b x\nCOPY server.py"), images={}),
        "base-pinned",
        "line 5: busybox:1",
    ),
    (Scene(edit=(f"python:3.13-slim@{DIGEST}", OTHER)), "base-as-locked", "is not in dockgen.lock"),
    (Scene(edit=("COPY server.py", "ADD server.py")), "copy-not-add", "line 5: ADD server.py"),
    (
        Scene(
            project={"package.json": '{"devDependencies": {"jest": "1"}}'},
            app=(member("app/node_modules/jest/package.json", b"{}"),),
        ),
        "no-development-dependencies",
        "/app/node_modules/jest/package.json",
    ),
    (Scene(history=("RUN apt-get update",)), "CIS-DI-0007", "apt-get update"),
    (Scene(settings={"Env": ["DB_PASSWORD=x"]}), "CIS-DI-0010", "DB_PASSWORD"),
    (Scene(app=(tool("usr/bin/sudo"),)), "DKL-DI-0001", "/usr/bin/sudo"),
    (Scene(settings={"Volumes": {"/etc/app": {}}}), "DKL-DI-0002", "/etc/app"),
    (Scene(settings={"Volumes": {"/": {}}}), "DKL-DI-0002", "/"),
    (Scene(history=("RUN apt-get update && apt-get -y dist-upgrade",)), "DKL-DI-0003", "dist-upgrade"),
    (Scene(history=("RUN apk add curl",)), "DKL-DI-0004", "apk add curl"),
    (Scene(app=(member("var/lib/apt/lists/x", b"x"),)), "DKL-DI-0005", "/var/lib/apt/lists/x"),
    (Scene(app=SHADOW[:1]), "DKL-LI-0001", "open in /etc/shadow"),
    (Scene(app=SHADOW[1:]), "DKL-LI-0002", "1 twice in /etc/passwd"),
    (Scene(ends=lambda request: request.read_only), "hardened-start", "ended with exit code 1"),
    (Scene(processes=(("10001", "app"), ("0", "helper"))), "no-root-process", "uid 0: helper"),
    (Scene(settings={"Healthcheck": {}}), "healthy", "no HEALTHCHECK"),
    (Scene(health=lambda _: "unhealthy"), "healthy", "HEALTHCHECK says unhealthy"),
    (sick("HTTP_PROXY"), "healthy-behind-proxy", "HEALTHCHECK says unhealthy"),
    (sick("https_proxy"), "healthy-behind-proxy", "HEALTHCHECK says unhealthy"),
    (Scene(ends=lambda request: request.quick_health), "healthy", "does not start: the container ended"),
    (Scene(exit_code=137), "stops-in-time", "ignores the stop signal: killed after 1 s"),
    (Scene(comes_back=False), "restarts", "does not come back: the container ended with exit code 1"),
    (Scene(changes=(("C", "/var"), ("A", "/var/log"))), "writes-only-declared", "A /var/log"),
    (Scene(demands_secret=False), "secret-demanded", "the build succeeds without the secret token"),
    (Scene(uses_secret=False), "secret-used", "its step succeeds without it"),
    (
        Scene(container={"secrets": [{"id": "token"}, {"id": "other"}]}),
        "secret-used",
        "the secret other is declared, but no instruction mounts it",
    ),
    (Scene(differs=True), "reproducible", "layer 2:"),
    (Scene(fails="again.tar"), "reproducible", "the second build fails"),
    (Scene(fails="warm.tar"), "warm-rebuild", "the build fails after a comment was added"),
    (Scene(installs_anew=True), "warm-rebuild", "a change of server.py installs the dependencies anew"),
    (Scene(left_behind=("container abc",)), CLEANUP.id, "container abc"),
    (Scene(app=(CACHE,)), "app-writable", "folder 0755 10001:10001 /app/cache"),
    (Scene(settings={"WorkingDir": "/home/app"}, app=HOME), "app-writable", "/home/app"),
    (Scene(settings={"Entrypoint": ["/home/app/run"]}, app=HOME), "app-writable", "/home/app"),
    (Scene(settings={"WorkingDir": "/home", "Cmd": ["app/run"]}, app=HOME), "app-writable", "/home/app"),
    (Scene(settings={"Cmd": ["/home/app/run"]}, app=HOME), "app-writable", "/home/app"),
    # What everybody may write to, the application may, too.
    (Scene(app=(member("srv/x", b"x", mode=0o666),)), "world-writable", "0666 /srv/x"),
]
WRITABLE = {"writable": [{"path": "/data", "kind": "volume"}]}
JEST = {"package.json": '{"devDependencies": {"jest": "1"}}'}
# Each looks like a broken promise, and is none.
KEPT = {
    "a home of its own": Scene(app=HOME),
    "a program that is not in the home": Scene(settings={"Cmd": ["/home/app/gone"]}, app=HOME),
    "a home to work in, without the application": Scene(
        settings={"WorkingDir": "/home/app"}, app=(HOME[0], member("home/app/.profile", b"x", uid=10001))
    ),
    "a stage upon a stage, and an empty one": Scene(
        edit=("FROM gcr", "FROM build AS more\nRUN x\nFROM scratch AS none\nCOPY --from=more /a /b\nFROM gcr")
    ),
    "a flavour that keeps its shell and tools": Scene(
        container={"shell": None, "package_manager": None}, app=(tool("bin/sh"), tool("usr/bin/pip"))
    ),
    "rows that are no accounts": Scene(
        app=(member("etc/shadow", b"odd\n::\n"), member("etc/group", b"odd\nodd\na:x\n"))
    ),
    "an empty list of packages": Scene(app=(member("var/lib/apt/lists/lock"),)),
    "a sticky folder": Scene(app=(member("srv/t", type=tarfile.DIRTYPE, uid=10001, mode=0o1777),)),
    "a link, whose mode says nothing": Scene(app=(link("app/l", "server.py", mode=0o777),)),
    "a declared folder": Scene(
        container=WRITABLE,
        app=(member("data", type=tarfile.DIRTYPE, uid=10001, mode=0o777), member("data/x", mode=0o666)),
        changes=(("A", "/data/y"), ("C", "/etc/hosts")),
    ),
    "the workshop of a dependency": Scene(app=(member("app/node_modules/a/Dockerfile", b"x"),)),
    "a package's own dependency": Scene(
        project=JEST, app=(member("app/node_modules/a/node_modules/jest/package.json", b"{}"),)
    ),
    "what the base has installed": Scene(project=JEST),
    "an update with its install": Scene(history=("RUN apt-get update && apt-get install --yes curl",)),
    "apk without a cache": Scene(history=("RUN apk add --no-cache curl",)),
    "an empty variable": Scene(settings={"Env": ["DB_PASSWORD="]}),
    "a volume of its own": Scene(settings={"Volumes": {"/data": {}}}),
    "a checked download": Scene(edit=("COPY server.py", f"ADD --checksum={DIGEST} https://a.example/b")),
    "a stage and a mount of an image": Scene(
        edit=(
            "COPY server.py",
            f"COPY --from=build /a /a\nRUN --mount=from=busybox:1@{DIGEST},target=/b x\nCOPY s",
        )
    ),
    "a file that cannot be run": Scene(app=(member("usr/bin/curl", b"text", mode=0o644),)),
    "a program beside no bin": Scene(app=(tool("app/data/gcc"),)),
    "an account with a lock": Scene(app=(member("etc/shadow", b"app:!:1::::::\n"),)),
    "more labels": Scene(
        settings={"Labels": {"org.opencontainers.image.title": "a", "com.example.team_name": "b"}}
    ),
}
BESIDES = {"world-writable": {"app-writable"}}


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


@pytest.fixture
def verified(port: int, tmp_path: Path) -> Callable[[Scene], Evidence]:
    return lambda scene: verify(load_target(scene.write(tmp_path)), Pretending(scene, port))


def said(evidence: Evidence) -> dict[str, str]:
    return {result.id: "\n".join([result.message, *result.evidence]) for result in evidence.failed}


def test_what_keeps_every_promise_passes_every_check(verified: Callable[[Scene], Evidence]) -> None:
    evidence = verified(Scene(project={"pyproject.toml": '[dependency-groups]\ndev = ["pytest"]\n'}))
    assert said(evidence) == {}
    passed = {result.id for result in evidence.results if result.status is Status.PASSED}
    assert (KNOWN | {CLEANUP.id}) - passed == ONLY_REPORTED
    nouns = "programs|executables|packages|labels|digests|images|stages|layers|mounts|dependencies"
    said_of_one = re.findall(rf"\b1 (?:\w+ )?(?:{nouns})\b", "\n".join(r.message for r in evidence.results))
    assert said_of_one == [], "one is not many"


@pytest.mark.parametrize(("scene", "check", "reason"), BROKEN, ids=[f"{row[1]}-{row[2]}" for row in BROKEN])
def test_what_is_broken_is_found_and_nothing_else(
    scene: Scene, check: str, reason: str, verified: Callable[[Scene], Evidence]
) -> None:
    found = said(verified(scene))
    assert found.keys() - BESIDES.get(check, set()) == {check}
    assert reason in found[check]


@pytest.mark.parametrize("scene", KEPT.values(), ids=KEPT)
def test_what_only_looks_broken_is_not(scene: Scene, verified: Callable[[Scene], Evidence]) -> None:
    assert said(verified(scene)) == {}


def test_a_project_without_development_dependencies_has_nothing_to_prove(
    verified: Callable[[Scene], Evidence],
) -> None:
    (result,) = [r for r in verified(Scene()).results if r.id == "no-development-dependencies"]
    assert result.status is Status.SKIPPED


def test_a_secret_that_was_given_needs_no_word(port: int, tmp_path: Path) -> None:
    place = Scene(builds=False).write(tmp_path)
    for given, words in (({}, 1), ({"token": b"a-working-token"}, 0)):
        target = load_target(place, secrets=given)
        (build,) = verify(target, Pretending(Scene(builds=False), port), only=["build"]).results
        assert sum("give a working one" in line for line in build.evidence) == words


def test_an_optional_secret_need_not_be_demanded(verified: Callable[[Scene], Evidence]) -> None:
    secret = {"secrets": [{"id": "token", "required": False}]}
    evidence = verified(Scene(container=secret, demands_secret=False))
    assert said(evidence) == {}
    (result,) = [result for result in evidence.results if result.id == "secret-demanded"]
    assert result.status is Status.REPORTED


NEEDS_A_START = {
    "healthy", "healthy-behind-proxy", "stops-in-time", "restarts", "writes-only-declared", "any-user",
}  # fmt: skip


def test_what_does_not_start_is_not_judged_by_how_it_runs(verified: Callable[[Scene], Evidence]) -> None:
    evidence = verified(Scene(ends=lambda request: request.read_only))
    skipped = {result.id: result.message for result in evidence.results if result.status is Status.SKIPPED}
    assert {skipped[check] for check in NEEDS_A_START} == {"the container does not start hardened"}


def test_what_starts_hardened_and_not_otherwise_proves_nothing_more(
    verified: Callable[[Scene], Evidence],
) -> None:
    evidence = verified(Scene(ends=lambda request: not request.read_only or request.name.endswith("-stop")))
    skipped = {result.id: result.message for result in evidence.results if result.status is Status.SKIPPED}
    for check in ("stops-in-time", "restarts", "writes-only-declared"):
        assert skipped[check].startswith("the container ended")


@pytest.mark.parametrize(
    ("ends", "words"),
    [
        (lambda _: False, "runs as 1000680000:0 (OpenShift): GET /healthz → 204"),
        (
            lambda request: request.user == "1000680000:0",
            "does not run as 1000680000:0 (OpenShift): the cont",
        ),
    ],
)
def test_an_arbitrary_user_is_reported(
    ends: Callable[[RunRequest], bool], words: str, verified: Callable[[Scene], Evidence]
) -> None:
    (result,) = [result for result in verified(Scene(ends=ends)).results if result.id == "any-user"]
    assert (result.status, result.message[: len(words)]) == (Status.REPORTED, words)


@pytest.mark.parametrize(
    ("fails", "words"),
    [
        ("", "; against Beginner.Dockerfile: 1.00 × of 0.0 MB, 0 OS packages, 2 executables, 1.0 s to build"),
        ("compared.tar", "; Beginner.Dockerfile cannot be built, so there is nothing to compare with"),
    ],
)
def test_another_image_is_compared_with(fails: str, words: str, port: int, tmp_path: Path) -> None:
    (tmp_path / "Beginner.Dockerfile").write_text("FROM python:3.13\n")
    scene = Scene(fails=fails)
    target = load_target(scene.write(tmp_path), compare=tmp_path / "Beginner.Dockerfile")
    evidence = verify(target, Pretending(scene, port), only=["size"])
    (size,) = [result for result in evidence.results if result.id == "size"]
    assert size.message.endswith(words)
    # What is told without being asked for it.
    assert words in text_report(evidence)


def test_a_long_list_of_faults_is_cut_with_their_number(verified: Callable[[Scene], Evidence]) -> None:
    files = tuple(member(f"srv/{number}", b"x", mode=0o666 | 0o4000) for number in range(100))
    found = verified(Scene(app=files)).failed
    assert {result.id for result in found} == {"world-writable", "app-writable", "setid"}
    for result in found:
        assert len(result.evidence) == EVIDENCE_SHOWN + 1
        assert result.evidence[-1] == f"and {100 - EVIDENCE_SHOWN} more"


def test_a_log_that_was_cut_proves_nothing(
    verified: Callable[[Scene], Evidence], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dockgen.verify.progress.OUTPUT_LIMIT", 200)
    (result,) = [result for result in verified(Scene()).results if result.id == "leak-log"]
    assert (result.status, "only the first" in result.message) == (Status.SKIPPED, True)


def test_an_archive_that_was_not_searched_as_a_whole_is_named(
    verified: Callable[[Scene], Evidence], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("dockgen.verify.filesystem.PACKED_LIMIT", 10)
    evidence = verified(Scene(app=(member("app/a.zip", b"PK\x03\x04 and more"),)))
    (result,) = [result for result in evidence.results if result.id == "leak-layers"]
    assert result.evidence == ("too large to be unpacked as a whole: /app/a.zip",)


@pytest.mark.parametrize(
    "proven",
    [{check for case in broken_cases() for check in case.fails}, {check for _, check, _ in BROKEN}],
    ids=["by real builds", "here"],
)
def test_every_check_that_can_fail_has_a_proof(proven: set[str]) -> None:
    assert KNOWN - proven == ONLY_REPORTED
