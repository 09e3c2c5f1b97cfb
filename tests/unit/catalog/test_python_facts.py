"""What Python projects' files say, as the expressions of a stack file see it."""

from pathlib import Path

import pytest

from dockgen.catalog.functions import module_name, package_names, pairs
from dockgen.project.facts import read_source
from dockgen.project.tree import scan


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("shop/main.py", "shop.main"),
        ("src/shop/api/__init__.py", "shop.api"),
        ("app.py", "app"),
        ("srcs/app.py", "srcs.app"),
        (None, ""),
    ],
)
def test_module_name(path: str | None, name: str) -> None:
    assert module_name(path) == name


def test_package_names_pass_over_what_is_no_requirement() -> None:
    assert package_names(["Hatch_VCS>=0.4", "setuptools", "not a requirement!", 3]) == [
        "hatch-vcs",
        "setuptools",
    ]
    assert package_names("setuptools") == []


def test_pairs_keep_what_follows_the_first_sign() -> None:
    assert pairs(["URL=sqlite://?a=b", "bare", "EMPTY="]) == {"URL": "sqlite://?a=b", "EMPTY": ""}
    assert pairs(None) == {}


def test_a_requirements_file_names_the_files_that_it_includes(tmp_path: Path) -> None:
    (tmp_path / "requirements").mkdir()
    (tmp_path / "requirements.txt").write_text("-r requirements/base.txt\n-c limits.txt\nflask\n")
    (tmp_path / "requirements" / "base.txt").write_text("click\n")
    (tmp_path / "limits.txt").write_text("flask==3.1.2\n")
    found = read_source(scan(tmp_path), {"file": "requirements.txt", "requirements": "files"})
    assert found[0][0] == ["requirements.txt", "requirements/base.txt", "limits.txt"]
