"""The table of docs/stacks.md, the evidence for `dockgen stacks`, and the README's list: as the cases are.

`--update` writes them anew, with the days on which the end-to-end tests ran cases in this checkout.
"""

from __future__ import annotations

import pytest

from dockgen.catalog.bases import base_of
from unit.stacks import stack_page
from unit.stacks.guarantees import GUARANTEES, Subject
from unit.stacks.stack_page import EVIDENCE, MARKS, PAGE, README, Row


@pytest.fixture(scope="module")
def table(request: pytest.FixtureRequest) -> list[Row]:
    days = stack_page.known_days()
    updating = request.config.getoption("--update")
    return stack_page.rows(stack_page.newer_days(days) if updating else days)


@pytest.mark.parametrize("kind", ["page", "evidence", "readme"])
def test_what_is_told_of_the_stacks_is_so(
    kind: str, table: list[Row], request: pytest.FixtureRequest
) -> None:
    path = {"page": PAGE, "evidence": EVIDENCE, "readme": README}[kind]
    before = path.read_text() if path.exists() else ""
    texts = {
        "page": lambda: stack_page.page(table),
        "evidence": lambda: stack_page.evidence(table),
        "readme": lambda: stack_page.readme(table, before),
    }
    text = texts[kind]()
    if request.config.getoption("--update"):
        path.write_text(text)
        return
    assert before == text, f"{path.name} is behind: run this test with --update"


def test_the_readme_has_a_place_for_the_stacks() -> None:
    assert all(mark in README.read_text() for mark in MARKS)


def test_no_reason_is_given_for_what_is_kept(table: list[Row]) -> None:
    for row in table:
        for key, reasons in stack_page.Reasons.of(stack_page.CASES / row.header.name).said.items():
            cell = row.cells[key]
            given = {str(reason["because"]) for reason in reasons}
            assert given <= {cell.reason, *cell.unmet.values()}, (row.header.name, key)
            named = {case for reason in reasons for case in reason.get("cases", [])}
            assert named <= set(cell.unmet), (row.header.name, key)


def test_only_cases_that_can_run_have_a_day() -> None:
    for stack, days in stack_page.known_days().items():
        for case in days:
            assert (stack_page.CASES / stack / case / "run.yaml").exists(), f"{stack}/{case}"


GOOD = """\
# syntax=docker/dockerfile:1.27.1@sha256:{digest}
FROM debian:trixie-20261005-slim@sha256:{digest} AS build
RUN --mount=type=cache,id=app-npm,target=/root/.npm \\
    --mount=type=secret,id=npmrc,target=/root/.npmrc,required=true \\
    npm ci
COPY src/ src/
RUN --network=none npm run build
FROM gcr.io/distroless/cc-debian13:nonroot@sha256:{digest}
COPY --from=build /out/ /
COPY --from=build --chown=65532:65532 /volumes/data /data
USER 65532:65532
EXPOSE 8080
HEALTHCHECK CMD ["/healthcheck"]
ENTRYPOINT ["/app"]
LABEL org.opencontainers.image.title="app" org.opencontainers.image.base.name="cc"
""".format(digest="a" * 64)

BROKEN = {
    "digest": ("debian:trixie-20261005-slim@sha256:" + "a" * 64, "debian:trixie-20261005-slim"),
    "user": ("USER 65532:65532", "USER nonroot"),
    "code": ("/volumes/data /data", "/out/app /app"),
    "start": ('ENTRYPOINT ["/app"]', "ENTRYPOINT /app"),
    "health": ('HEALTHCHECK CMD ["/healthcheck"]', "HEALTHCHECK CMD curl localhost"),
    "labels": ('title="app"', 'url="https://example.com"'),
    "secrets": (",required=true", ""),
    "caches": ("id=app-npm", "id=npm"),
    "frozen": ("npm ci", "npm install"),
    "network": ("--network=none npm run", "npm run"),
    "shell": ("gcr.io/distroless/cc-debian13:nonroot", "debian:trixie-20261005-slim"),
}


@pytest.mark.parametrize("guarantee", GUARANTEES, ids=lambda one: one.key)
def test_a_guarantee_can_be_broken(guarantee: stack_page.Guarantee) -> None:
    old, new = BROKEN[guarantee.key]
    assert old in GOOD
    assert guarantee.judge(Subject(GOOD)) is True
    assert guarantee.judge(Subject(GOOD.replace(old, new))) is False
    assert base_of("debian:trixie-20261005-slim") is not None
