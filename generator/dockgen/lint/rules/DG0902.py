"""DG0902: a build tool is installed into the final image.

*Why*

Poetry, pipenv, TypeScript or webpack are needed until the program is built. In the image that runs they are
code that nothing calls, with their own dependencies and their own vulnerabilities.

*Bad*

```dockerfile
FROM python:3.14.8-slim-trixie
COPY pyproject.toml poetry.lock ./
RUN pip install poetry==2.2.1 && poetry install --only main
CMD ["python", "-m", "shop"]
```

*Good*

```dockerfile
FROM python:3.14.8-slim-trixie AS build
RUN pip install poetry==2.2.1
ENV POETRY_VIRTUALENVS_IN_PROJECT=1
WORKDIR /app
COPY pyproject.toml poetry.lock ./
RUN poetry install --only main

FROM python:3.14.8-slim-trixie
COPY --from=build /app/.venv /app/.venv
CMD ["/app/.venv/bin/python", "-m", "shop"]
```

*When it is fine*

In images for development, and where the container starts its program with the tool.

*References*

- https://docs.docker.com/build/building/multi-stage/
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Stage
from dockgen.lint.analysis.fit import evidence
from dockgen.lint.analysis.runs import Call, calls
from dockgen.lint.knowledge.stages import is_started, is_workshop
from dockgen.lint.model import Context, Finding, Rule, Severity
from dockgen.regexes import regex

RULE = Rule("DG0902", "build-tool-shipped", Severity.INFO)
_PROGRAMS = regex(r"\bpip|\bnpm\b")
_PYTHON = frozenset(
    {
        "poetry",
        "pipenv",
        "pdm",
        "hatch",
        "build",
        "maturin",
        "cython",
        "pip-tools",
        "tox",
        "nox",
        "pytest",
        "black",
    }
    | {"flake8", "mypy", "pylint", "ruff", "pre-commit", "twine", "coverage"}
)
_NODE = frozenset(
    {
        "typescript",
        "webpack",
        "webpack-cli",
        "vite",
        "gulp",
        "gulp-cli",
        "grunt-cli",
        "rollup",
        "parcel",
        "lerna",
    }
    | {
        "nodemon",
        "eslint",
        "prettier",
        "jest",
        "mocha",
        "node-gyp",
        "rimraf",
        "@angular/cli",
        "@nestjs/cli",
        "turbo",
    }
)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield each build tool that the final image gets from pip or npm and that nothing starts."""
    final = dockerfile.final_stage
    if (
        final is None
        or is_workshop(dockerfile)
        or not is_started(final)
        or is_workshop_name(final.name)
        or "uninstall" in evidence(final)
    ):
        return
    for stage in final.lineage:
        for instruction in stage.instructions:
            for call in calls(instruction, _PROGRAMS):
                tools = [(place, tool) for place, tool in _tools(call) if not _starts(final, tool)]
                if tools:
                    place, tool = tools[0]
                    yield RULE.at(
                        call.arguments[place].span,
                        f"{tool} builds or checks the program, and the final image keeps it",
                        mend="install it in a build stage, and copy only what it made",
                    )


def is_workshop_name(name: str | None) -> bool:
    """Return whether a stage's name says that it is for development or tests."""
    return bool(re.search(r"(?i)(^|[-_.])(dev|test|debug|ci|lint)", name or ""))


def _tools(call: Call) -> Iterator[tuple[int, str]]:
    words = call.words
    program = words[0].rpartition("/")[2]
    if re.fullmatch(r"pip3?(\.\d+)?", program) and "install" in words:
        known = _PYTHON
    elif program == "npm" and {"-g", "--global"} & set(words):
        known = _NODE
    else:
        return
    for place, word in enumerate(words):
        name = re.split(r"[\[=<>~!;]|(?<=.)@", word)[0].lower()
        if name in known:
            yield place, name


def _starts(stage: Stage, tool: str) -> bool:
    starts = [*stage.inherited("ENTRYPOINT"), *stage.inherited("CMD")]
    text = " ".join(word.text for one in starts for word in one.words)
    return not text or tool in text or ".sh" in text or "entrypoint" in text
