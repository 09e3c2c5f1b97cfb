"""A folder is copied as a folder and a file into its own folder, whatever their names look like."""

from __future__ import annotations

import datetime
import shutil
from pathlib import Path

import pytest

from dockgen.setup.new import Request, create

CASES = Path(__file__).parents[2] / "stacks"
INCLUDED = ("site.d", "NOTICE", "settings/rates.toml")
STACKS = {
    "bun/serve-alone": "",
    "clojure/ring-tools-build": "",
    "dart/shelf-server": "/app/",
    "deno/hono-npm": "",
    "erlang/server-sockets": "",
    "generic/shell-job": "",
    "haskell/scotty-frozen": "/app/",
    "java/spring-maven": "",
    "julia/genie-app": "",
    "node/express-npm": "",
    "perl/mojo-carton": "",
    "php/slim-private": "",
    "python/flask-pip-hashes": "",
    "r/plumber-debian": "",
    "ruby/hanami": "",
    "scala/program": "",
    "swift/vapor-locked": "/app/",
}


def copied(folder: Path, case: str) -> list[str]:
    project = folder / "project"
    shutil.copytree(CASES / case / "project", project)
    for path in ("site.d/index.html", "NOTICE", "settings/rates.toml"):
        (project / path).parent.mkdir(exist_ok=True)
        (project / path).write_text("x\n")
    answers = CASES / case / "answers.yaml"
    request = Request(
        project,
        datetime.date(2026, 11, 1),
        answers=answers if answers.exists() else None,
        flags=(f"include={','.join(INCLUDED)}",),
        yes=True,
        write=False,
    )
    text = create(request).generated.files["Dockerfile"]
    return [
        line.partition("go=rX ")[2] for line in text.splitlines() if line.startswith("COPY --chmod=u=rwX")
    ]


@pytest.mark.parametrize("case", STACKS)
def test_what_is_included_keeps_its_place(case: str, tmp_path: Path) -> None:
    lines, to = copied(tmp_path, case), STACKS[case]
    assert f"site.d/ {to}site.d/" in lines
    assert f"NOTICE {to or './'}" in lines
    assert f"settings/rates.toml {to}settings/" in lines
