"""Packages from a private repository over SSH: a real sshd, an agent, the host's key known beforehand."""

from __future__ import annotations

import datetime
import os
import re
import secrets
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from dockgen.plan import commands
from dockgen.setup.new import Request, create
from e2e.private_git import PrivateGit, lacking
from e2e.private_modules import NAME
from e2e.standins.replacing import VARIABLE, replace
from e2e.test_apps import APPS

ANSWERS = {
    "go-ssh": (f"private_modules={NAME}", "ssh=yes"),
    "python-ssh": (),
}
# A comment there makes the layer of the download a new one.
MANIFESTS = {"go-ssh": "go.mod", "python-ssh": "requirements.txt"}
COMMENTS = {"go-ssh": "//", "python-ssh": "#"}
GREETING = "hello from acme"


@pytest.fixture(scope="module")
def server(engine: object, tmp_path_factory: pytest.TempPathFactory) -> Iterator[PrivateGit]:
    assert engine
    if lacking():
        pytest.skip(f"{lacking()} is not installed, which makes and offers the key")
    with PrivateGit(tmp_path_factory.mktemp("git")) as running:
        yield running


@dataclass
class Home:
    """A user's home with a known_hosts file, and the project that is built from there."""

    server: PrivateGit
    folder: Path
    tag: str = field(default_factory=lambda: f"dockgen-test-ssh-{secrets.token_hex(4)}")

    def build(self, app: str, known: str, left_out: str = "") -> subprocess.CompletedProcess[str]:
        """Containerise a copy of the application, and build it by the printed command, but for a part."""
        (self.folder / ".ssh").mkdir(parents=True)
        (self.folder / ".ssh" / "known_hosts").write_text(known)
        project = shutil.copytree(APPS / app, self.folder / app)
        with (project / MANIFESTS[app]).open("a") as manifest:
            manifest.write(f"{COMMENTS[app]} {self.tag}\n")
        # A name of its own, and so caches of its own: nothing has been fetched before.
        flags = (f"name={self.tag}", *ANSWERS[app])
        request = Request(path=project, today=datetime.date(2026, 11, 1), yes=True, flags=flags)
        plan = create(request).generated.plan
        reached = [f"--add-host={host}" for host in self.server.hosts]
        words = " ".join(["docker build --network=host", *reached])
        printed = " ".join(commands.build_command(plan, project)).replace("docker build", words)
        command = re.sub(r"\$\(git [^)]*\)", "1.2.3", printed).replace("$HOME", str(self.folder))
        assert left_out in command
        return subprocess.run(
            ["sh", "-c", command.replace(left_out, "")],
            env={**os.environ, "SSH_AUTH_SOCK": str(self.server.socket)},
            capture_output=True,
            text=True,
            timeout=300,
            check=False,
        )

    def remove(self) -> None:
        """Remove the image."""
        subprocess.run(["docker", "image", "rm", "--force", self.tag], capture_output=True, check=False)


@pytest.fixture
def home(server: PrivateGit, tmp_path: Path) -> Iterator[Home]:
    home = Home(server, tmp_path / "home")
    yield home
    home.remove()


@pytest.fixture(autouse=True)
def golang(engine: object, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The build image with OpenSSH's client, as the official one has it."""
    assert engine
    policy = replace("docker.io/library/golang", "golang-ssh", tmp_path)
    if policy:
        monkeypatch.setenv(VARIABLE, str(policy))


def whole(image: str) -> bytes:
    """Return all files of an image, and how it came about."""
    made = subprocess.run(["docker", "create", image], capture_output=True, text=True, check=True)
    container = made.stdout.strip()
    files = subprocess.run(["docker", "export", container], capture_output=True, check=True).stdout
    subprocess.run(["docker", "rm", container], capture_output=True, check=True)
    told = subprocess.run(["docker", "history", "--no-trunc", image], capture_output=True, check=True).stdout
    assert GREETING.encode() in files
    return files + told


@pytest.mark.parametrize("app", sorted(ANSWERS))
def test_a_private_package_comes_over_ssh(app: str, home: Home, server: PrivateGit) -> None:
    entered = server.entered
    done = home.build(app, server.known_hosts)
    assert done.returncode == 0, done.stderr[-5000:]
    assert server.entered > entered
    run = ["docker", "run", "--rm", "--read-only", "--cap-drop=ALL", "--network=none", home.tag]
    assert subprocess.run(run, capture_output=True, text=True, check=True).stdout.strip() == GREETING
    assert server.known_hosts.split()[-1].encode() not in whole(home.tag)


def test_a_host_with_another_key_gets_nothing(home: Home, server: PrivateGit) -> None:
    # Of the right kind and form, and no one's.
    stranger = re.sub(
        r"AAAAIJ?.{20}", lambda found: found[0][:8] + "A" * (len(found[0]) - 8), server.known_hosts
    )
    assert stranger != server.known_hosts
    entered = server.entered
    done = home.build("python-ssh", stranger)
    assert done.returncode != 0
    assert "Host key verification failed" in done.stderr
    assert server.entered == entered


@pytest.mark.parametrize(
    ("left_out", "told"),
    [
        ("--ssh default", "ssh"),
        ('--secret id=known_hosts,src="{home}/.ssh/known_hosts"', "secret known_hosts: not found"),
    ],
)
def test_agent_and_known_hosts_are_demanded(home: Home, server: PrivateGit, left_out: str, told: str) -> None:
    entered = server.entered
    done = home.build("go-ssh", server.known_hosts, left_out.format(home=home.folder))
    assert done.returncode != 0
    assert told in done.stderr
    assert server.entered == entered
