"""No shell, package manager, compiler or download tool where the base's flavour promises none.

Download tools that a base with a shell brings itself (Alpine's busybox has wget, nginx' image curl) are
listed: it cannot be had without them, and health checks may need them. None may be added to it.
"""

from __future__ import annotations

from dockgen.counting import counted
from dockgen.verify.filesystem import Entry
from dockgen.verify.model import Check, CheckResult
from dockgen.verify.paths import programs
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Session

SHELL = Check("no-shell", 1)
MANAGER = Check("no-package-manager", 1)
COMPILER = Check("no-compiler", 1)
DOWNLOADER = Check("no-download-tool", 1)
CHECKS = (SHELL, MANAGER, COMPILER, DOWNLOADER)
ORDER = 24

SHELLS = {"sh", "bash", "dash", "ash", "zsh", "ksh", "fish", "busybox", "toybox"}
SYSTEM_MANAGERS = {"apt", "apt-get", "dpkg", "apk", "rpm", "dnf", "microdnf", "yum", "pacman", "zypper"}
LANGUAGE_MANAGERS = {
    "npm",
    "npx",
    "yarn",
    "pnpm",
    "pip",
    "pip3",
    "uv",
    "poetry",
    "gem",
    "composer",
    "cargo",
    "corepack",
}
COMPILERS = {"gcc", "cc", "c++", "g++", "clang", "tcc", "ld", "as", "make", "go", "rustc", "javac", "cmake"}
DOWNLOADERS = {"curl", "wget", "nc", "ncat", "socat", "telnet", "ftp"}


def run(session: Session) -> list[CheckResult]:
    """Look at the names of all programs in the image."""
    contract = session.target.contract
    found = programs(session.files)
    present = {name: entries[0].path for name, entries in found.items()}
    managers = SYSTEM_MANAGERS | LANGUAGE_MANAGERS if contract.package_manager is False else set()
    bare = contract.shell is False
    return [
        _absent(SHELL, present, SHELLS if bare else set(), "shell"),
        _absent(MANAGER, present, managers, "package manager"),
        _absent(COMPILER, present, COMPILERS, "compiler or build tool"),
        judge_downloaders(found, 0 if bare else session.base_layers),
    ]


def _absent(check: Check, present: dict[str, str], unwanted: set[str], what: str) -> CheckResult:
    if not unwanted:
        return check.skipped(f"this flavour keeps its {what}")
    faults = [one_line(present[name]) for name in sorted(unwanted & present.keys())]
    return check.judged(
        faults, f"the image holds a {what}", f"no {what} among {counted(len(present), 'program')}"
    )


def judge_downloaders(found: dict[str, list[Entry]], base_layers: int) -> CheckResult:
    """Return the verdict on download tools; those of the first `base_layers` layers are only listed."""
    tools = [entry for name in sorted(DOWNLOADERS & found.keys()) for entry in found[name]]
    own = [one_line(entry.path) for entry in tools if entry.layer >= base_layers]
    if own:
        return DOWNLOADER.failed("the image holds a download tool", *own)
    base = [one_line(entry.path) for entry in tools]
    if base:
        return DOWNLOADER.passed(f"none of its own; {len(base)} from the base image", *base)
    return DOWNLOADER.passed(f"no download tool among {counted(len(found), 'program')}")
