import pytest

from dockgen.catalog.bases import Base, base_of, is_root, parse_reference
from dockgen.catalog.eol import end_of_life

TODAY = "2026-11-23"


def known(reference: str) -> Base:
    base = base_of(reference)
    assert base is not None, reference
    return base


@pytest.mark.parametrize(
    ("text", "repository", "tag", "digest"),
    [
        ("alpine", "docker.io/library/alpine", None, None),
        ("docker.io/node:22", "docker.io/library/node", "22", None),
        ("grafana/grafana:11.0", "docker.io/grafana/grafana", "11.0", None),
        ("localhost:5000/team/app", "localhost:5000/team/app", None, None),
        ("localhost:5000/team/app:v1", "localhost:5000/team/app", "v1", None),
        ("mirror.gcr.io/library/node:20@sha256:abc", "docker.io/library/node", "20", "sha256:abc"),
        ("public.ecr.aws/docker/library/python:3.13", "docker.io/library/python", "3.13", None),
        ("scratch", "scratch", None, None),
    ],
)
def test_references_are_put_in_full(text: str, repository: str, tag: str | None, digest: str | None) -> None:
    reference = parse_reference(text)
    assert reference is not None
    assert (reference.repository, reference.tag, reference.digest) == (repository, tag, digest)


@pytest.mark.parametrize("text", ["$BASE", "${REGISTRY}/app:1", "", "a b", "alpine:", "x@sha256", "\x00"])
def test_what_is_no_reference_is_unknown(text: str) -> None:
    assert parse_reference(text) is None
    assert base_of(text) is None


@pytest.mark.parametrize(
    ("reference", "distribution", "release"),
    [
        ("alpine:3.20.1", "alpine", "3.20.1"),
        ("node:24.21.0-alpine3.24", "alpine", "3.24"),
        ("node:24-alpine", "alpine", None),
        ("python:3.12-slim-bookworm", "debian", "12"),
        ("python:3.12-slim", "debian", None),
        ("debian:12.5-slim", "debian", "12.5"),
        ("ubuntu:24.04", "ubuntu", "24.04"),
        ("ubuntu:jammy", "ubuntu", "22.04"),
        ("eclipse-temurin:21-jre-noble", "ubuntu", "24.04"),
        ("nvidia/cuda:12.4.1-runtime-ubuntu22.04", "ubuntu", "22.04"),
        ("gcr.io/distroless/static-debian12:nonroot", "debian", "12"),
        ("registry.access.redhat.com/ubi8/ubi-minimal:8.9", "rhel", "8"),
        ("centos:7", "centos", "7"),
        ("openjdk:8", None, None),
    ],
)
def test_distribution_and_release(reference: str, distribution: str | None, release: str | None) -> None:
    base = known(reference)
    assert (base.distribution, base.release) == (distribution, release)


@pytest.mark.parametrize(
    ("reference", "product", "version"),
    [
        ("node:22.1-slim", "nodejs", "22.1"),
        ("node:lts", "nodejs", None),
        ("eclipse-temurin:17.0.9_9-jre", "eclipse-temurin", "17"),
        ("maven:3.9-eclipse-temurin-21", "eclipse-temurin", "21"),
        ("gradle:8.5-jdk17-alpine", "eclipse-temurin", "17"),
        ("gcr.io/distroless/java21-debian13", "eclipse-temurin", "21"),
        ("ghcr.io/astral-sh/uv:python3.12-bookworm-slim", "python", "3.12"),
        ("mcr.microsoft.com/dotnet/aspnet:8.0-alpine", "dotnet", "8.0"),
        ("clojure:temurin-21-lein-alpine", "eclipse-temurin", "21"),
        ("ubuntu:24.04", None, None),
    ],
)
def test_product_and_version(reference: str, product: str | None, version: str | None) -> None:
    base = known(reference)
    assert (base.product, base.version) == (product, version)


@pytest.mark.parametrize(
    ("reference", "user", "root"),
    [
        ("python:3.13-slim", "root", True),
        ("gcr.io/distroless/static-debian12", "root", True),
        ("gcr.io/distroless/static-debian12:nonroot", "nonroot", False),
        ("gcr.io/distroless/static:debug-nonroot", "nonroot", False),
        ("cgr.dev/chainguard/node:latest", "nonroot", False),
        ("mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled", "app", False),
        ("mcr.microsoft.com/dotnet/aspnet:10.0", "root", True),
        ("nginxinc/nginx-unprivileged:1.30-alpine", "101", False),
        ("haproxy:2.3", "root", True),
        ("haproxy:3.0-alpine", "haproxy", False),
        ("hashicorp/vault:1.15", None, None),
        ("mcr.microsoft.com/dotnet/aspnet:10.0-nanoserver-ltsc2022", None, None),
        ("amazon/aws-cli:2.36.1", "root", True),
    ],
)
def test_default_user(reference: str, user: str | None, root: bool | None) -> None:
    base = known(reference)
    assert (base.user, base.runs_as_root) == (user, root)


def test_users_and_their_ids() -> None:
    assert known("node:22-alpine").users["node"] == 1000
    assert known("debian:12").users["www-data"] == 33
    assert known("php:8.4-fpm-alpine").users["www-data"] == 82
    assert "ubuntu" in known("ubuntu:24.04").users
    assert "ubuntu" not in known("ubuntu:22.04").users
    assert "app" not in known("mcr.microsoft.com/dotnet/aspnet:6.0").users
    assert known("maven:3.9-eclipse-temurin-21").users == {}
    assert known("mcr.microsoft.com/dotnet/aspnet:10.0-windowsservercore-ltsc2022").users == {}


@pytest.mark.parametrize(
    ("reference", "program", "has"),
    [
        ("node:22", "curl", True),
        ("node:22-slim", "curl", False),
        ("node:22-slim", "node", True),
        ("node:22-alpine", "wget", True),
        ("node:22-alpine", "bash", False),
        ("python:3.13-slim", "python3", True),
        ("debian:trixie", "python3", False),
        ("golang:1.27-alpine", "gcc", False),
        ("golang:1.27", "git", True),
        ("gcr.io/distroless/static-debian13:debug", "wget", True),
        ("gcr.io/distroless/static-debian13", "wget", False),
        ("gcr.io/distroless/base-debian13", "unheard-of", None),
        ("eclipse-temurin:21-jre", "curl", None),
        ("postgres:17", "curl", None),
        ("clojure:temurin-25-trixie-slim", "lein", False),
        ("clojure:temurin-25-trixie-slim", "clojure", True),
        ("clojure:temurin-25-tools-deps-1.12.4.1618-alpine", "lein", False),
        ("clojure:temurin-25-lein-2.12.0-trixie", "lein", True),
        ("clojure:lein", "clojure", False),
        ("clojure:lein", "mvn", None),
        ("clojure:latest", "lein", True),
        ("clojure", "clojure", True),
        ("clojure:boot", "lein", None),
    ],
)
def test_programs_are_three_valued(reference: str, program: str, has: bool | None) -> None:
    assert known(reference).has_program(program) is has


def test_roles_and_smaller_ones() -> None:
    assert (known("python:3.13").role, known("python:3.13").smaller) == ("toolchain", "python:3.13-slim")
    assert (known("python:3.13-slim").role, known("python:3.13-slim").smaller) == ("runtime", None)
    assert known("debian:bookworm").smaller == "debian:bookworm-slim"
    assert known("golang:1.27-alpine").role == "toolchain"
    assert known("eclipse-temurin:21-jdk").smaller == "eclipse-temurin:21-jre"
    assert known("openjdk:17-jdk-slim").smaller == "eclipse-temurin:17-jre"
    assert known("clojure:temurin-25-trixie-slim").smaller == "eclipse-temurin:25-jre"


def test_libc_shell_and_package_manager() -> None:
    facts = [
        (known(name).libc, known(name).shell, known(name).package_manager)
        for name in ("node:22-alpine", "node:22", "scratch", "centos:7")
    ]
    expected = [
        ("musl", True, "apk"),
        ("glibc", True, "apt"),
        ("none", False, "none"),
        ("glibc", True, "yum"),
    ]
    assert facts == expected


def test_repositories_with_rolling_tags_only() -> None:
    assert known("gcr.io/distroless/cc-debian13").rolling_only
    assert known("cgr.dev/chainguard/static").rolling_only
    assert not known("oven/bun:1.4.2-distroless").rolling_only
    assert not known("alpine:3.24").rolling_only


def test_an_entry_point_that_steps_down() -> None:
    assert known("postgres:17").drops
    assert not known("nginx:1.30").drops


@pytest.mark.parametrize(
    ("user", "root"),
    [("root", True), ("0", True), ("0:0", True), ("root:app", True), ("1000", False), ("app:root", False)],
)
def test_the_superuser(user: str, root: bool) -> None:
    assert is_root(user) is root


@pytest.mark.parametrize(
    ("product", "version", "date"),
    [
        ("python", "3.8.10", "2024-10-07"),
        ("node", "16", "2023-09-11"),
        ("centos", "7", "2024-06-30"),
        ("alpine", "3.20.3", "2026-04-01"),
        ("debian", "9", None),
        ("python", "2.7", None),
    ],
)
def test_cycles_that_ended(product: str, version: str, date: str | None) -> None:
    ended = end_of_life(product, version, TODAY)
    assert ended is not None
    assert ended.date == date


@pytest.mark.parametrize(
    ("product", "version"),
    [("python", "3.13"), ("python", "3"), ("alpine", "3"), ("node", "99"), ("nothing", "1"), ("debian", "13"),
     ("bun", "1.0"), ("python", "")],
)  # fmt: skip
def test_cycles_that_go_on_or_are_unknown(product: str, version: str) -> None:
    assert end_of_life(product, version, TODAY) is None


def test_the_date_decides() -> None:
    assert end_of_life("ubuntu", "20.04", "2025-05-30") is None
    assert end_of_life("ubuntu", "20.04", "2025-05-31") is not None


def test_long_term_support_is_told_apart() -> None:
    ended = end_of_life("debian", "12", TODAY)
    assert ended is not None
    assert (ended.date, ended.last) == ("2026-07-11", "2028-06-30")
