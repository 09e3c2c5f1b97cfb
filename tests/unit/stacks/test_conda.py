"""Python environments by micromamba and pixi: who installs, from which lock, and what is told."""

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
    "pip in the lock": (
        LOCKED,
        {"conda-lock.yml": "package:\n- name: flask\n  manager: pip\n- name: uvicorn\n"},
        (),
        "names for pip",
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
