"""A package below folders that its wheel leaves out is started by the name that it has once installed."""

import datetime
from pathlib import Path

import pytest

from dockgen.setup.generate import Generated
from dockgen.setup.new import Request, create

PROJECT = """\
[project]
name = "quay"
version = "1.0.0"
dependencies = ["litestar", "uvicorn"]

[build-system]
requires = ["{requires}"]
build-backend = "{backend}"

{where}
"""
BACKENDS = {
    "hatchling": (
        "hatchling.build",
        '[tool.hatch.build.targets.wheel]\npackages = ["src/py/quay"]',
    ),
    "setuptools": (
        "setuptools.build_meta",
        '[tool.setuptools.packages.find]\nwhere = ["src/py"]',
    ),
}


def made(folder: Path, requires: str, manage: str) -> Generated:
    backend, where = BACKENDS[requires]
    text = PROJECT.format(requires=requires, backend=backend, where=where)
    (folder / "pyproject.toml").write_text(text)
    (folder / "manage.py").write_text(manage)
    (folder / "src" / "py" / "quay").mkdir(parents=True)
    (folder / "src" / "py" / "quay" / "__init__.py").touch()
    code = "from litestar import Litestar\n\napp = Litestar([])\n"
    (folder / "src" / "py" / "quay" / "web.py").write_text(code)
    return create(Request(folder, datetime.date(2026, 11, 1), yes=True, write=False)).generated


@pytest.mark.parametrize("requires", BACKENDS)
def test_the_module_has_the_name_that_it_has_in_the_wheel(requires: str, tmp_path: Path) -> None:
    answers = made(tmp_path, requires, "from quay import run\n").resolution.answers
    assert answers["module"].value == "quay.web:app"
    assert answers["install"].value is True, "a manage.py that is not Django's does not stand in its way"
