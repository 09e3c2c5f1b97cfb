"""What must hold of a container is read from the lock, or from the Dockerfile where there is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from dockgen.dockerfile.parser import parse
from dockgen.errors import ProjectError
from dockgen.verify.contract import SecretUse, Writable, contract_of, from_dockerfile

DOCKERFILE = """\
FROM golang:1.27 AS build
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc,required=true npm ci
RUN --mount=type=secret,id=token,env=TOKEN pip install x
RUN --mount=type=secret,target=/run/secrets/other,required cat /run/secrets/other
FROM gcr.io/distroless/static-debian13:nonroot@sha256:aa AS runtime
EXPOSE 9000/udp 8080
VOLUME /data
HEALTHCHECK CMD ["/probe", "http://127.0.0.1:8080/healthz"]
"""


def test_the_dockerfile_says_port_route_secrets_volumes_and_flavour() -> None:
    contract = from_dockerfile(parse(DOCKERFILE))
    assert (contract.port, contract.health, contract.worker) == (8080, "/healthz", False)
    assert contract.secrets == (
        SecretUse("npmrc", "", "/root/.npmrc", True),
        SecretUse("token", "TOKEN", "", False),
        SecretUse("other", "", "/run/secrets/other", True),
    )
    assert contract.writable == (Writable("/data", "volume"),)
    assert (contract.shell, contract.package_manager, contract.static) == (False, False, True)


def test_a_slim_base_promises_no_absence_and_no_port_means_a_worker() -> None:
    contract = from_dockerfile(parse("FROM python:3.13-slim\nCMD python x.py\n"))
    assert (contract.shell, contract.package_manager, contract.static) == (None, None, False)
    assert contract.worker


def test_a_route_asked_by_a_connection_object_is_seen() -> None:
    text = 'FROM x\nHEALTHCHECK CMD ["python", "-c", "c.request(\'GET\', \'/ready\')"]\n'
    assert from_dockerfile(parse(text)).health == "/ready"


def locked(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "dockgen.lock"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("probe", "host"),
    [
        (
            """["python", "-c", "c.request('GET', '/up', headers={'Host': 'blog.example.com'})"]""",
            "blog.example.com",
        ),
        ('curl --fail --header "Host: shop.example.com" http://127.0.0.1:8080/up', "shop.example.com"),
        ('["curl", "-H", "host:a.example", "http://localhost:8080/up"]', "a.example"),
        ('["/probe", "http://127.0.0.1:8080/up"]', "localhost"),
        ('["/probe", "--localhost: no"]', "localhost"),
    ],
)
def test_the_route_is_asked_by_the_name_that_the_health_check_uses(
    probe: str, host: str, tmp_path: Path
) -> None:
    dockerfile = parse(f"FROM a\nEXPOSE 8080\nHEALTHCHECK CMD {probe}\n")
    (tmp_path / "dockgen.lock").write_text("container: {port: 8080, health: /up}\n")
    assert from_dockerfile(dockerfile).host == host
    assert contract_of(dockerfile, tmp_path / "dockgen.lock").host == host


def test_the_lock_wins(tmp_path: Path) -> None:
    lock = locked(
        tmp_path,
        "images: {python: 'sha256:aa'}\n"
        "container:\n  port: 9090\n  health: /ok\n  worker: false\n  shell: false\n  package_manager: true\n"
        "  grace_seconds: 30\n  environment: {MODE: test}\n"
        "  secrets: [{id: a, env: A, required: false}]\n  writable: [{path: /tmp, kind: tmpfs}]\n",
    )
    contract = contract_of(parse(DOCKERFILE), lock)
    assert (contract.port, contract.health, contract.grace_seconds) == (9090, "/ok", 30)
    assert contract.secrets[0] == SecretUse("a", "A", "", False)
    assert [use.id for use in contract.secrets] == ["a", "npmrc", "token", "other"], "mounted ones count too"
    assert contract.writable == (Writable("/tmp", "tmpfs"),)
    assert (contract.shell, contract.package_manager) == (False, True)
    assert (contract.environment, contract.images) == ({"MODE": "test"}, {"python": "sha256:aa"})


def test_what_the_lock_leaves_open_is_not_promised(tmp_path: Path) -> None:
    lock = locked(tmp_path, "container: {port: 80, health: null, shell: null, worker: null, secrets: null}\n")
    contract = contract_of(parse("FROM x\nCMD y\n"), lock)
    assert (contract.health, contract.shell, contract.worker, contract.secrets) == (None, None, False, ())


def test_a_lock_without_a_container_leaves_the_dockerfile_to_speak(tmp_path: Path) -> None:
    contract = contract_of(parse(DOCKERFILE), locked(tmp_path, "images: [{name: x, digest: 'sha256:bb'}]\n"))
    assert (contract.port, contract.images) == (8080, {"x": "sha256:bb"})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[", "cannot be read"),
        ("- a\n", "is not a mapping"),
        ("container: {port: many}\n", "`port` is not a number"),
        ("container: {port: true}\n", "`port` is not a number"),
        ("container: {worker: maybe}\n", "`worker` is not true or false"),
        ("container: {secrets: [x]}\n", "`secrets` is not a list of mappings"),
        ("container: {secrets: [{env: A}]}\n", "`id` is not text"),
        ("container: {environment: [x]}\n", "`environment` is not a mapping"),
        ("a: !!python/object/apply:os.system [true]\n", "cannot be read"),
    ],
)
def test_a_wrong_lock_is_named_with_the_reason(text: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=reason) as caught:
        contract_of(parse(DOCKERFILE), locked(tmp_path, text))
    assert "dockgen.lock" in caught.value.message
    assert caught.value.hint
