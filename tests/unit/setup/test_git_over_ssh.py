"""Packages from git over SSH: the agent is in reach of fetching alone, and hosts are those known already."""

import datetime
import re
from pathlib import Path

import pytest

from dockgen.plan.commands import build_command
from dockgen.setup.generate import Generated
from dockgen.setup.lock_file import container_of
from dockgen.setup.new import Request, create

STACKS = Path(__file__).parents[2] / "stacks"
AGENT = "--mount=type=ssh,required=true"
HOSTS = "--mount=type=secret,id=known_hosts,target=/root/.ssh/known_hosts,required=true"


def _made(folder: Path, *flags: str) -> Generated:
    request = Request(path=folder, today=datetime.date(2026, 11, 1), flags=flags, yes=True, write=False)
    made = create(request).generated
    assert made.findings == ()
    return made


def _python(folder: Path, files: dict[str, str], *flags: str) -> Generated:
    for name, text in {"main.py": "print('hello')\n", **files}.items():
        (folder / name).write_text(text)
    return _made(folder, *flags)


def _runs(made: Generated) -> list[str]:
    """Each RUN as one line."""
    whole = re.sub(r"\s*\\\n\s*", " ", made.files["Dockerfile"])
    return [line for line in whole.splitlines() if line.startswith("RUN ")]


POETRY = (
    '[[package]]\nname = "x"\nversion = "1"\nfiles = []\n\n[package.source]\ntype = "git"\nurl = "{}"\n'
    'reference = "main"\nresolved_reference = "aa"\n'
)
PROJECT = '[project]\nname = "a"\nversion = "1"\nrequires-python = ">=3.13"\n'


@pytest.mark.parametrize(
    ("files", "url", "copy"),
    [
        (
            {"requirements.txt": "x @ git+ssh://git@git.example.com/acme/x.git@v1.0#egg=x\n"},
            "ssh://git@git.example.com/acme/x.git",
            "/opt/git/git.example.com-acme-x.git",
        ),
        (
            {"requirements.txt": "-e git+ssh://git.example.com:2222/x#egg=x\n"},
            "ssh://git.example.com:2222/x",
            "/opt/git/git.example.com-2222-x",
        ),
        (
            {"pyproject.toml": PROJECT, "poetry.lock": POETRY.format("git@git.example.com:acme/x.git")},
            "git@git.example.com:acme/x.git",
            "/opt/git/git.example.com-acme-x.git",
        ),
        (
            {
                "pyproject.toml": PROJECT,
                "uv.lock": 'version = 1\n\n[[package]]\nname = "x"\nversion = "1"\n'
                'source = { git = "ssh://git@git.example.com/x.git?tag=v1#aa" }\n',
            },
            "ssh://git@git.example.com/x.git",
            "/opt/git/git.example.com-x.git",
        ),
    ],
)
def test_python_copies_the_repositories_first(
    tmp_path: Path, files: dict[str, str], url: str, copy: str
) -> None:
    runs = _runs(_python(tmp_path, files))
    fetching = [run for run in runs if AGENT in run]
    assert len(fetching) == 1
    assert HOSTS in fetching[0]
    assert (
        f"git clone --mirror {url} {copy} && git config --global url.file://{copy}.insteadOf {url}"
        in (fetching[0])
    )
    assert not re.search(r"\b(?:pip|uv|poetry) (?:--python \S+ )?(?:install|sync)", fetching[0])
    assert any("openssh-client" in run and " git " in run for run in runs)


def test_the_user_may_say_no(tmp_path: Path) -> None:
    made = _python(tmp_path, {"requirements.txt": "x @ git+ssh://git@git.example.com/x.git\n"}, "ssh=no")
    assert "type=ssh" not in made.files["Dockerfile"]
    assert "known_hosts" not in " ".join(build_command(made.plan))


@pytest.mark.parametrize(
    "line", ["x @ git+ssh://-oProxyCommand=evil/x", "x @ git+ssh://git@$(id)/x", "x @ git+ssh://git@h;id/x"]
)
def test_a_hostile_address_is_no_repository_or_a_harmless_one(tmp_path: Path, line: str) -> None:
    text = _python(tmp_path, {"requirements.txt": f"{line}\n"}).files["Dockerfile"]
    assert "Proxy" not in text
    assert "$(id)" not in text
    assert ";id" not in text


def test_private_git_over_https_is_fetched_with_the_secret_and_built_without(tmp_path: Path) -> None:
    lock = (
        'version = 1\n\n[[package]]\nname = "x"\nversion = "1"\n'
        'source = { git = "https://git.example.com/x.git?tag=v1#aa" }\n'
    )
    flags = ("secrets=id=netrc,target=/root/.netrc", "build_from_source=x")
    runs = _runs(_python(tmp_path, {"pyproject.toml": PROJECT, "uv.lock": lock}, *flags))
    secret = "--mount=type=secret,id=netrc,target=/root/.netrc,required=true"
    assert [("git clone" in run, "--no-build" in run) for run in runs if secret in run] == [
        (True, False),
        (False, True),
    ]
    assert any("uv sync --frozen" in run and "secret" not in run for run in runs)


def test_the_command_and_the_lock_name_the_known_hosts(tmp_path: Path) -> None:
    made = _python(tmp_path, {"requirements.txt": "x @ git+ssh://git@git.example.com/x.git\n"})
    assert '--secret id=known_hosts,src="$HOME/.ssh/known_hosts"' in build_command(made.plan)
    assert "--ssh default" in build_command(made.plan)
    assert "--secret id=known_hosts,env=KNOWN_HOSTS" in build_command(made.plan, ci=True)
    assert [entry["id"] for entry in container_of(made.plan)["secrets"]] == ["known_hosts"]


def test_go_asks_the_private_hosts_over_ssh() -> None:
    flags = ("private_modules=git.example.com/acme/*,git.example.com/b,*.corp.example.com", "ssh=yes")
    made = _made(STACKS / "go/api/project", *flags)
    fetching = [run for run in _runs(made) if AGENT in run]
    assert len(fetching) == 1
    assert HOSTS in fetching[0]
    assert (
        "GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=url.ssh://git@git.example.com/.insteadOf "
        "GIT_CONFIG_VALUE_0=https://git.example.com/ GOPRIVATE="
    ) in fetching[0]
    assert "netrc" not in made.files["Dockerfile"]


def test_node_knows_the_hosts_where_it_installs() -> None:
    made = _made(STACKS / "node/express-npm/project", "ssh=yes")
    fetching = [run for run in _runs(made) if AGENT in run]
    assert fetching
    assert all(HOSTS in run and "--ignore-scripts" in run for run in fetching)
