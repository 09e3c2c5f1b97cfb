"""Which folder is taken for the build context."""

from pathlib import Path

import pytest

from dockgen.lint.context_roots import guessed


@pytest.mark.parametrize(
    ("source", "folder"),
    [
        ("FROM a\nCOPY main.go /\n", "images/go"),
        ("FROM a\nCOPY images/start.sh /\n", "."),
        # BuildKit cuts `..` off at the root of the context: the folder above is meant.
        ("FROM a\nCOPY ../start.sh /\n", "images"),
        ("FROM a\nCOPY ./../start.sh /\n", "images"),
        ("FROM a\nCOPY nowhere.txt /\n", "images/go"),
        ("FROM a\nCOPY --from=b start.sh /\n", "images/go"),
    ],
)
def test_the_nearest_folder_that_has_all_sources(tmp_path: Path, source: str, folder: str) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "images/go").mkdir(parents=True)
    (tmp_path / "images/start.sh").touch()
    (tmp_path / "images/go/main.go").touch()
    assert guessed(tmp_path / "images/go/Dockerfile", source) == tmp_path / folder
