"""Facts of the version control, without running anything that the repository could bring along."""

from __future__ import annotations

import os
import re
from pathlib import Path
from urllib.parse import urlsplit

from dockgen.regexes import regex

CONFIG_LIMIT = 1024 * 1024
TIMEOUT = 10.0
_SECTION = regex(r'\s*\[\s*([A-Za-z0-9.-]+)(?:\s+"((?:[^"\\]|\\.)*)")?\s*\]')
_URL = regex(r"\s*url\s*=\s*(.*?)\s*$", re.IGNORECASE)
_SCP_LIKE = regex(r"(?:[\w.-]+@)?([\w.-]+):(?!/)(.+)\Z")


def toplevel(folder: Path) -> Path | None:
    """Return the folder of the work tree that holds `folder`; None where there is none."""
    real = Path(os.path.realpath(folder))
    return next((place for place in (real, *real.parents) if os.path.lexists(place / ".git")), None)


def place(folder: Path) -> tuple[Path, str] | None:
    """Return the top of the repository that holds a folder, and the folder's path in it, '' for the top.

    None where there is none, or where its top is another user's: what lies there is nothing to rely on.
    """
    top = toplevel(folder)
    if top is None or not is_own(top):
        return None
    within = Path(os.path.realpath(folder)).relative_to(top).as_posix()
    return top, "" if within == "." else within


def place_or_top(folder: Path) -> tuple[Path, str]:
    """Return what `place` does; a folder outside a repository is its own top."""
    return place(folder) or (folder, "")


def is_own(path: Path) -> bool:
    """Return whether a file or folder is there and belongs to this user, where a system has users."""
    if not hasattr(os, "geteuid"):
        return os.path.lexists(path)
    try:
        return path.lstat().st_uid == os.geteuid()
    except OSError:
        return False


def tracked(folder: Path, timeout: float = TIMEOUT) -> frozenset[str] | None:
    """Return the tracked files below a folder, relative to it; None without git or a repository.

    `timeout` is in seconds. Settings of the repository that name programs (file system monitor, hooks,
    transports of missing objects) are switched off.
    """
    program = _git(folder) if toplevel(folder) else None
    if program is None:
        return None
    import subprocess

    settings = [
        "-c",
        "core.fsmonitor=false",
        "-c",
        f"core.hooksPath={os.devnull}",
        "-c",
        "protocol.allow=never",
    ]
    try:
        listing = subprocess.run(
            [program, "--no-pager", *settings, "ls-files", "-z"],
            cwd=folder,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return None
    names = os.fsdecode(listing.stdout).split("\0")
    return frozenset(name for name in names if name) if listing.returncode == 0 else None


def _git(folder: Path) -> str | None:
    """Return git's program; one that lies in the project itself is not trusted."""
    import shutil

    program = shutil.which("git")
    real = Path(os.path.realpath(folder))
    if not program or not os.path.isabs(program):  # noqa: PTH117 - a string from PATH
        return None
    return None if real in Path(os.path.realpath(program)).parents else program


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.upper().startswith("GIT_")}
    # A partial clone would fetch what is missing with the program that its configuration names.
    return kept | {
        "GIT_ALLOW_PROTOCOL": "none",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "LC_ALL": "C",
    }


def has_commits(folder: Path) -> bool:
    """Return whether the repository that holds the folder has a commit that git could name."""
    top = toplevel(folder)
    common = _git_directory(top) if top else None
    if top is None or common is None:
        return False
    dot_git = top / ".git"
    own = dot_git if dot_git.is_dir() else top / _config(dot_git).strip().removeprefix("gitdir:").strip()
    head = _config(own / "HEAD").strip()
    branch = head.removeprefix("ref:").strip()
    if branch == head or branch == "refs/heads/.invalid":
        # Detached, or of a format that keeps its references elsewhere.
        return bool(head)
    plain = ".." not in branch.split("/") and branch.startswith("refs/")
    return plain and (
        bool(_config(common / branch).strip()) or f" {branch}\n" in _config(common / "packed-refs")
    )


def origin_url(folder: Path) -> str | None:
    """Return the URL of the remote `origin` without credentials; None where there is none."""
    top = toplevel(folder)
    directory = _git_directory(top) if top else None
    text = _config(directory / "config") if directory else ""
    section = ("", "")
    for line in text.splitlines():
        if header := _SECTION.match(line):
            section = (header[1].lower(), header[2] or "")
        elif section == ("remote", "origin") and (url := _URL.match(line)):
            return _harmless(url[1].strip('"'))
    return None


def _git_directory(top: Path) -> Path | None:
    """Return the repository's directory; a linked work tree or submodule names it in a file."""
    dot_git = top / ".git"
    if dot_git.is_dir():
        return dot_git
    pointer = _config(dot_git).strip()
    target = top / pointer.removeprefix("gitdir:").strip()
    if not pointer.startswith("gitdir:") or ".git" not in target.parts:
        return None
    common = _config(target / "commondir").strip()
    return target / common if common else target


def _config(path: Path) -> str:
    """Return the text of a small regular file; '' where there is none."""
    try:
        if not path.is_file() or path.stat().st_size > CONFIG_LIMIT:
            return ""
        return path.read_text("utf-8", errors="replace")
    except OSError:
        return ""


def _harmless(url: str) -> str | None:
    """Return a URL without credentials; None for what is none or holds blanks or control characters."""
    if not url.isprintable() or " " in url or len(url) > 2_000:
        return None
    if "://" not in url:
        return url
    return re.sub(r"(?<=://)[^/]*@", "", url) if not url.startswith("ssh://") else _without_password(url)


def _without_password(url: str) -> str:
    return re.sub(r"(?<=://)([^/:@]*):[^/]*@", r"\1@", url)


def web_url(url: str) -> str | None:
    """Return the https address that a remote's URL stands for; None where it stands for none."""
    scp_like = None if "://" in url else _SCP_LIKE.match(url)
    if scp_like:
        host, path = scp_like[1], scp_like[2]
    else:
        try:
            parts = urlsplit(url)
        except ValueError:
            return None
        if parts.scheme not in ("https", "http", "ssh", "git") or not parts.hostname:
            return None
        host, path = parts.hostname, parts.path
        if parts.scheme in ("https", "http") and parts.port:
            host = f"{host}:{parts.port}"
    return f"https://{host}/{path.strip('/').removesuffix('.git')}" if "." in host else None
