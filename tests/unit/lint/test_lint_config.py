"""Configuration: where it is found, what it says, errors with file and key."""

from pathlib import Path

import pytest

from dockgen.errors import AnswerError
from dockgen.lint import config
from dockgen.lint.model import Profile, Severity


def load(folder: Path, text: str, name: str = ".dockgen.toml") -> config.Configuration:
    (folder / name).write_text(text)
    return config.load(folder / name)


def test_every_key_is_read(tmp_path: Path) -> None:
    text = """
    [lint]
    profile = "strict"
    select = ["DG", "DL3008"]
    ignore = ["DG0604"]
    fail-on = "warning"
    hadolint = false
    exclude = ["vendor/"]
    [lint.policy]
    registries = ["registry.example.org"]
    max-digest-age-days = 90
    required-labels = ["a.b"]
    [lint.per-path."docker/*.Dockerfile"]
    ignore = ["DG0601"]
    profile = "default"
    """
    settings = load(tmp_path, text).settings
    assert (settings.profile, settings.fail_on, settings.hadolint) == (
        Profile.STRICT,
        Severity.WARNING,
        False,
    )
    assert (settings.select, settings.ignore) == (("DG", "DL3008"), ("DG0604",))
    assert settings.policy.max_digest_age_days == 90
    assert settings.policy.registries == ("registry.example.org",)
    inner = settings.for_path("docker/app.Dockerfile")
    assert (inner.profile, inner.ignore) == (Profile.DEFAULT, ("DG0604", "DG0601"))
    assert settings.for_path("Dockerfile").profile is Profile.STRICT


def test_pyproject_has_the_same_keys_in_its_own_table(tmp_path: Path) -> None:
    found = load(tmp_path, '[tool.dockgen.lint]\nignore = ["DL"]\n', "pyproject.toml")
    assert found.settings.ignore == ("DL",)
    assert found.folder == tmp_path


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[lint]\nprofil = 'x'\n", r"\.dockgen\.toml: lint\.profil is unknown"),
        ("[lint]\nprofile = 'x'\n", r"lint\.profile must be one of default, strict, policy, not 'x'"),
        ("[lint]\nfail-on = 'x'\n", r"lint\.fail-on must be one of style, info, warning, error, never"),
        ("[lint]\nselect = 'DG'\n", r"lint\.select must be of type list"),
        ("[lint]\nselect = ['']\n", r"lint\.select must be a list of strings"),
        ("[lint]\nignore = ['DG99']\n", r"lint\.ignore holds 'DG99', which no rule's id begins with"),
        ("[lint]\nhadolint = 1\n", r"lint\.hadolint must be of type bool"),
        (
            "[lint.policy]\nmax-digest-age-days = true\n",
            r"lint\.policy\.max-digest-age-days must be of type int",
        ),
        ("[lint.per-path.x]\nfoo = 1\n", r'lint\.per-path\."x"\.foo is unknown'),
        ("lint = 3\n", r"lint must be a table"),
        ("[lint\n", r"not valid TOML"),
    ],
)
def test_errors_name_file_and_key(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(AnswerError, match=message) as caught:
        load(tmp_path, text)
    assert str(tmp_path) in caught.value.message


def test_the_nearest_configuration_wins_and_the_repository_is_the_border(tmp_path: Path) -> None:
    (tmp_path / ".dockgen.toml").write_text("")
    inner = tmp_path / "repository" / "a" / "b"
    inner.mkdir(parents=True)
    assert config.find(inner) == tmp_path / ".dockgen.toml"
    (tmp_path / "repository" / ".git").mkdir()
    assert config.find(inner) is None
    (tmp_path / "repository" / "pyproject.toml").write_text("[tool.dockgen.lint]\n")
    assert config.find(inner) == tmp_path / "repository" / "pyproject.toml"
    (inner / ".dockgen.toml").write_text("")
    assert config.find(inner) == inner / ".dockgen.toml"


def test_a_pyproject_without_our_table_is_none_of_ours(tmp_path: Path) -> None:
    (tmp_path / ".git").mkdir()
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert config.find(tmp_path) is None


def test_a_missing_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(AnswerError, match="cannot be read"):
        config.load(tmp_path / "none.toml")
