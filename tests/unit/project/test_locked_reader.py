"""What lock files of Python's tools say of the packages in them."""

from pathlib import Path

import pytest

from dockgen.errors import CatalogError, ProjectError
from dockgen.project.facts import Origin, read_source
from dockgen.project.tree import scan

UV = """
version = 1

[[package]]
name = "Psycopg2"
version = "2.9.12"
source = { registry = "https://pypi.org/simple" }
sdist = { url = "https://files.pythonhosted.org/packages/aa/psycopg2-2.9.12.tar.gz", hash = "sha256:00" }

[[package]]
name = "shop"
version = "0.1.0"
source = { virtual = "." }

[[package]]
name = "uvloop"
version = "0.22.1"
source = { registry = "https://pypi.org/simple" }
wheels = [{ url = "https://files.example.com/bb/uvloop-0.22.1-cp314-cp314-manylinux_2_17_x86_64.whl" }]
"""

POETRY = """
[[package]]
name = "mysqlclient"
version = "2.2.8"
files = [{file = "mysqlclient-2.2.8-cp313-cp313-win_amd64.whl", hash = "sha256:00"}]

[[package]]
name = "docopt"
version = "0.6.2"
files = [{file = "docopt-0.6.2.tar.gz", hash = "sha256:00"}]

[[package]]
name = "mine"
version = "1.0"
files = []

[package.source]
type = "git"
url = "https://git.example.com/mine"
"""


def _read(folder: Path, name: str, text: str, view: str) -> object:
    (folder / name).write_text(text)
    found = read_source(scan(folder), {"file": name, "locked": view})
    return found[0] if found else None


def test_uv_names_without_the_project_itself(tmp_path: Path) -> None:
    assert _read(tmp_path, "uv.lock", UV, "names") == (["psycopg2", "uvloop"], Origin("uv.lock", 4))


def test_versions(tmp_path: Path) -> None:
    versions = {"psycopg2": "2.9.12", "uvloop": "0.22.1"}
    assert _read(tmp_path, "uv.lock", UV, "versions") == (versions, Origin("uv.lock", 4))


@pytest.mark.parametrize(
    ("view", "names", "line"), [("source_only", ["psycopg2"], 4), ("no_musl", ["uvloop"], 15)]
)
def test_uv_wheels(tmp_path: Path, view: str, names: list[str], line: int) -> None:
    assert _read(tmp_path, "uv.lock", UV, view) == (names, Origin("uv.lock", line))


def test_poetry_files(tmp_path: Path) -> None:
    assert _read(tmp_path, "poetry.lock", POETRY, "source_only") == (["docopt"], Origin("poetry.lock", 7))
    assert _read(tmp_path, "poetry.lock", POETRY, "names") == (
        ["mysqlclient", "docopt"],
        Origin("poetry.lock", 2),
    )


def test_pylock(tmp_path: Path) -> None:
    wheel = '{name = "six-1.17.0-py2.py3-none-any.whl"}'
    text = f'lock-version = "1.0"\n[[packages]]\nname = "six"\nwheels = [{wheel}]\n'
    assert _read(tmp_path, "pylock.toml", text, "names") == (["six"], Origin("pylock.toml", 2))
    assert _read(tmp_path, "pylock.toml", text, "no_musl") is None


@pytest.mark.parametrize(
    "text", ["package = 3", '[[package]]\nname = 4\n[[package]]\nfiles = "x"', "package = [1]"]
)
def test_odd_locks_say_nothing(tmp_path: Path, text: str) -> None:
    assert _read(tmp_path, "uv.lock", text, "names") is None


def test_errors(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match=r"uv\.lock:1"):
        _read(tmp_path, "uv.lock", "[[package", "names")
    with pytest.raises(CatalogError, match="not known"):
        _read(tmp_path, "uv.lock", UV, "everything")


WORKSPACE = """
[[package]]
name = "api"
source = { editable = "apps/api" }
dependencies = [{ name = "fastapi", extra = ["standard"] }, { name = "greet" }]
[package.optional-dependencies]
cache = [{ name = "redis" }]

[[package]]
name = "greet"
source = { editable = "packages/greet" }
dependencies = [{ name = "api" }, { name = "humanize" }]

[[package]]
name = "web"
source = { editable = "apps/web" }
dependencies = [{ name = "django" }]

[[package]]
name = "fastapi"
version = "0.130.0"
source = { registry = "https://pypi.org/simple" }
dependencies = [{ name = "starlette" }]
[package.optional-dependencies]
standard = [{ name = "uvicorn" }]
all = [{ name = "orjson" }]
""" + "".join(
    f'\n[[package]]\nname = "{name}"\nversion = "1"\nsource = {{ registry = "https://pypi.org/simple" }}\n'
    for name in ("starlette", "uvicorn", "orjson", "redis", "humanize", "django")
)


@pytest.mark.parametrize(
    ("of", "names"),
    [
        ("api", ["fastapi", "starlette", "uvicorn", "redis", "humanize"]),
        ("Web", ["django"]),
        ("", ["fastapi", "starlette", "uvicorn", "orjson", "redis", "humanize", "django"]),
    ],
)
def test_what_one_member_of_a_workspace_needs(tmp_path: Path, of: str, names: list[str]) -> None:
    (tmp_path / "uv.lock").write_text(WORKSPACE)
    found = read_source(scan(tmp_path), {"file": "uv.lock", "locked": "names", "of": of})
    assert [value for value, _ in found] == [names]


def test_a_member_that_the_lock_does_not_know_needs_nothing(tmp_path: Path) -> None:
    (tmp_path / "uv.lock").write_text(WORKSPACE)
    assert read_source(scan(tmp_path), {"file": "uv.lock", "locked": "versions", "of": "none"}) == []
