"""No shell, package manager, compiler or download tool where the base's flavour promises none."""

from __future__ import annotations

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
    present = programs(session.files)
    managers = SYSTEM_MANAGERS | LANGUAGE_MANAGERS if contract.package_manager is False else set()
    bare = contract.shell is False
    return [
        _absent(SHELL, present, SHELLS if bare else set(), "shell"),
        _absent(MANAGER, present, managers, "package manager"),
        _absent(COMPILER, present, COMPILERS, "compiler or build tool"),
        _absent(DOWNLOADER, present, DOWNLOADERS, "download tool"),
    ]


def _absent(check: Check, present: dict[str, str], unwanted: set[str], what: str) -> CheckResult:
    if not unwanted:
        return check.skipped(f"this flavour keeps its {what}")
    faults = [one_line(present[name]) for name in sorted(unwanted & present.keys())]
    return check.judged(faults, f"the image holds a {what}", f"no {what} among {len(present)} programs")
