"""Python environments by micromamba and pixi: who installs, from which lock, and what is told."""

import re
import subprocess
from pathlib import Path

import pytest

from unit.stacks.changed_cases import changed_case

LOCKED = "python/conda-lock-fastapi"
EXPLICIT = "python/conda-explicit-gdal"
PRIVATE = "python/conda-private-flask"
PIXI = "python/pixi-litestar"


def test_packages_scripts_never_meet_the_credentials(tmp_path: Path) -> None:
    text = changed_case(tmp_path, PRIVATE, {}).files["Dockerfile"]
    fetch, install = (part for part in text.split("\nRUN ") if "micromamba create" in part)
    assert "--mount=type=secret,id=conda-auth" in fetch
    assert "--download-only" in fetch
    assert "type=secret" not in install
    assert "--offline" in install


def test_the_offline_install_has_a_network_for_pip_alone(tmp_path: Path) -> None:
    text = changed_case(tmp_path / "pip", PRIVATE, {}).files["Dockerfile"]
    assert "--network=none" not in text.split("--download-only")[1].split("--offline")[0]
    plain = "channels: ['https://conda.harbour.example/crew']\ndependencies: [python, flask, gunicorn]\n"
    text = changed_case(tmp_path / "none", PRIVATE, {"environment.yml": plain}).files["Dockerfile"]
    assert "--network=none" in text.split("--download-only")[1].split("--offline")[0]


LIST = """\
dependencies:
  - python=3.13
  - pip:
      # the web
      - flask

    # and a server
      - gunicorn
  - harbour-quota
channels: [https://conda.harbour.example/crew]
"""
LOCK = """\
metadata:
  sources: [environment.yml]
package:
- name: python
  manager: conda
  url: https://conda.harbour.example/crew/linux-64/python-3.13.9-0.conda
- name: flask
  manager: pip
  url: https://files.example/flask.whl
"""
LEFT = {
    "environment.yml": (
        LIST,
        "dependencies:\n  - python=3.13\n  - pip\n  - harbour-quota\nchannels: [https://conda.harbour.example/crew]\n",
    ),
    "conda-lock.yml": (LOCK, LOCK.partition("- name: flask")[0]),
}


def _without_pip(folder: Path, name: str, given: str) -> subprocess.CompletedProcess[str]:
    """Run the generated file's filter on a list."""
    made = changed_case(folder, PRIVATE, {name: given}, "module=app:app").files["Dockerfile"]
    program = re.search(r"^    awk (.+) ([\w.-]+) >/tmp/\2 && \\$", made, re.MULTILINE)
    assert program
    assert f"--file /tmp/{name} --download-only" in made
    assert f"--file {name} --offline" in made
    (folder / "project" / name).write_bytes(given.encode())
    command = ["sh", "-c", f"awk {program[1]} {name}"]
    return subprocess.run(command, cwd=folder / "project", capture_output=True, text=True, check=False)


@pytest.mark.parametrize("name", LEFT)
def test_pip_is_not_called_while_the_credentials_are_there(name: str, tmp_path: Path) -> None:
    given, left = LEFT[name]
    done = _without_pip(tmp_path, name, given)
    assert (done.returncode, done.stdout) == (0, left)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("environment.yml", "\n", "\r\n"),
        ("environment.yml", "pip:", '"pip":'),
        ("environment.yml", "pip:", "'pip' :"),
        ("environment.yml", "      # the web", "# the web"),
        ("conda-lock.yml", "\n", "\r\n"),
        ("conda-lock.yml", "manager: pip", 'manager: "pip"'),
        ("conda-lock.yml", "- name: flask\n  manager: pip", "- manager: pip\n  name: flask"),
    ],
)
def test_pip_is_told_however_it_is_written(name: str, old: str, new: str, tmp_path: Path) -> None:
    given, left = LEFT[name]
    done = _without_pip(tmp_path, name, given.replace(old, new))
    assert (done.returncode, done.stdout) == (0, left)


def test_where_pip_cannot_be_left_out_the_build_ends(tmp_path: Path) -> None:
    flow = "dependencies: [python, flask, gunicorn, pip: [shapely]]\n"
    done = _without_pip(tmp_path, "environment.yml", flow + LIST.splitlines()[-1] + "\n")
    assert (done.returncode, done.stdout) == (1, "")
    assert "a line of its own" in done.stderr


def test_what_pip_reads_besides_is_there(tmp_path: Path) -> None:
    listed = "dependencies: [python, flask, gunicorn, pip: [-r requirements/web.in, --constraint=pins.txt]]\n"
    files = {"environment.yml": listed, "pins.txt": "six==1\n"}
    text = changed_case(tmp_path, PRIVATE, files).files["Dockerfile"]
    for path in ("requirements/web.in", "pins.txt"):
        assert f"--mount=type=bind,source={path},target={path}" in text


@pytest.mark.parametrize(
    "path", ["/usr/local/bin/micromamba", "../usr/local/bin/micromamba", "a/../../etc/passwd"]
)
def test_nothing_is_mounted_over_the_builds_own_files(path: str, tmp_path: Path) -> None:
    listed = f"dependencies: [python, flask, gunicorn, pip: [-r {path}]]\n"
    text = changed_case(tmp_path, PRIVATE, {"environment.yml": listed}).files["Dockerfile"]
    assert f"source={path}," not in text


def test_public_channels_get_no_secret(tmp_path: Path) -> None:
    for name in (LOCKED, EXPLICIT, PIXI, "python/pixi-console"):
        assert not changed_case(tmp_path / name, name, {}).plan.given_secrets


def test_a_lock_goes_before_the_list(tmp_path: Path) -> None:
    text = changed_case(tmp_path, EXPLICIT, {"environment.yml": "dependencies: [python]\n"})
    assert "--file conda-linux-64.lock\n" in text.files["Dockerfile"]


def test_requirements_stay_with_pip(tmp_path: Path) -> None:
    made = changed_case(tmp_path, PRIVATE, {"requirements.txt": "flask==3.1.1\ngunicorn==23.0.0\n"})
    assert "micromamba" not in made.files["Dockerfile"]
    assert any("environment.yml is not installed from" in notice.message for notice in made.notices)


def test_sources_beside_the_manifest_are_left_out_and_found_by_their_folder(tmp_path: Path) -> None:
    text = changed_case(tmp_path, "python/pixi-console", {}).files["Dockerfile"]
    assert "--frozen --skip kelp\n" in text
    assert "PYTHONPATH=/app/src" in text


TOLD = {
    "no conda lock": (PRIVATE, {}, (), "has no lock"),
    "no pixi.lock": (PIXI, {"pixi.lock": None}, (), "There is no pixi.lock"),
    "pip in comments of the lock": (
        EXPLICIT,
        {"conda-linux-64.lock": "@EXPLICIT\n# pip shapely @ https://files.example/shapely.whl\n"},
        (),
        "names for pip in comments",
    ),
    "the project itself by pip": (
        PRIVATE,
        {"environment.yml": "dependencies: [python, flask, gunicorn, pip: ['-e .[web]']]\n"},
        (),
        "(-e .[web]), which is not there yet",
    ),
    "another processor": (EXPLICIT, {}, ("platforms=linux/amd64,linux/arm64",), "linux-64 alone"),
}


@pytest.mark.parametrize("name", TOLD)
def test_it_is_told(name: str, tmp_path: Path) -> None:
    case, files, flags, message = TOLD[name]
    made = changed_case(tmp_path, case, files, *flags)
    assert any(message in notice.message and notice.strict for notice in made.notices)


@pytest.mark.parametrize(
    "text", ["dependencies: [{a: [b]}, [c], 7, null, 'x; id']\nchannels: [{a: 1}]\n", "dependencies: 3\n"]
)
def test_what_is_no_name_is_no_traceback(text: str, tmp_path: Path) -> None:
    made = changed_case(tmp_path, PRIVATE, {"environment.yml": text}, "module=app:app")
    assert "micromamba create" in made.files["Dockerfile"]


def test_an_environment_is_no_word_of_the_shell(tmp_path: Path) -> None:
    manifest = "[workspace]\nname = 'reef'\nchannels = []\n[environments]\n'prod; id' = []\n"
    text = changed_case(tmp_path, PIXI, {"pixi.toml": manifest}).files["Dockerfile"]
    assert "; id" not in text
