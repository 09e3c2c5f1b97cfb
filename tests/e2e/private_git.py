"""A private git server behind a real sshd: own host key, one key that may enter, on the loopback.

It runs in a container on the host's network, so nothing is installed on the machine. SSH's port is free on an
address of its own in 127.0.0.0/8; builds learn it by --add-host.
"""

from __future__ import annotations

import os
import re
import secrets
import shutil
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Self

from e2e.private_modules import NAME, own_address

IMAGE = "dockgen-test-git-server"
PROGRAMS = ("ssh-keygen", "ssh-agent", "ssh-add")
HERE = Path(__file__).parent / "git_server"


def call(*words: str, **environment: str) -> str:
    """Return what a command writes to either stream; AssertionError where it fails."""
    done = subprocess.run(
        words, capture_output=True, text=True, timeout=300, check=False, env={**os.environ, **environment}
    )
    assert done.returncode == 0, f"{' '.join(words)}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def lacking() -> str:
    """Return which program of OpenSSH's client is not here, '' where all are."""
    return next((program for program in PROGRAMS if not shutil.which(program)), "")


@dataclass
class PrivateGit:
    """The running server and an agent that holds the one key; `folder` gets keys and the agent's socket."""

    folder: Path
    host: str = field(default_factory=own_address)
    container: str = field(default_factory=lambda: f"{IMAGE}-{secrets.token_hex(4)}")

    def __enter__(self) -> Self:
        key = self.folder / "id_ed25519"
        call("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "throwaway", "-f", str(key))
        call("docker", "build", "--quiet", "--tag", IMAGE, str(HERE))
        public = key.with_suffix(".pub").read_text().strip()
        given = ["--env", f"ADDRESS={self.host}", "--env", f"PUBLIC_KEY={public}"]
        call("docker", "run", "--detach", "--network=host", "--name", self.container, *given, IMAGE)
        self._agent = subprocess.Popen(["ssh-agent", "-D", "-a", str(self.socket)], stdout=subprocess.DEVNULL)
        self._wait()
        call("ssh-add", "-q", str(key), SSH_AUTH_SOCK=str(self.socket))
        return self

    def __exit__(self, *_: object) -> None:
        self._agent.terminate()
        self._agent.wait(timeout=10)
        call("docker", "rm", "--force", self.container)

    @property
    def socket(self) -> Path:
        """Where the agent listens."""
        return self.folder / "agent.sock"

    @property
    def known_hosts(self) -> str:
        """The server's own key, as known_hosts names it; read in the container, not over the network."""
        key = call("docker", "exec", self.container, "cat", "/etc/ssh/ssh_host_ed25519_key.pub")
        return f"{NAME} {' '.join(key.split()[:2])}\n"

    @property
    def hosts(self) -> Sequence[str]:
        """What a build must be told to find the server."""
        return (f"{NAME}:{self.host}",)

    @property
    def entered(self) -> int:
        """How often the key has opened the door."""
        return len(re.findall("Accepted publickey for git", call("docker", "logs", self.container)))

    def _wait(self, seconds: float = 10) -> None:
        end = time.monotonic() + seconds
        while "Server listening" not in call("docker", "logs", self.container) or not self.socket.exists():
            assert time.monotonic() < end, "the git server does not come up"
            time.sleep(0.1)
