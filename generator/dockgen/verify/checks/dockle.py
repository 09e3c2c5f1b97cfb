"""The points of dockle's list: each has a check of its own here, or names the check that covers it.

Source of the points: https://github.com/goodwithtech/dockle/blob/master/CHECKPOINT.md (CIS Docker Benchmark,
section 4, and dockle's own). dockle itself runs too where it is installed.
"""

from __future__ import annotations

import re
import shutil

from dockgen.errors import EngineError
from dockgen.verify.model import Check, CheckResult
from dockgen.verify.paths import below_any, programs
from dockgen.verify.safe_text import one_line
from dockgen.verify.scanner import run_dockle
from dockgen.verify.session import Session

UPDATE = Check("CIS-DI-0007", 10)
ENVIRONMENT = Check("CIS-DI-0010", 5)
SUDO = Check("DKL-DI-0001", 2)
VOLUMES = Check("DKL-DI-0002", 2)
UPGRADE = Check("DKL-DI-0003", 6)
APK_CACHE = Check("DKL-DI-0004", 1)
APT_LISTS = Check("DKL-DI-0005", 1)
PASSWORDS = Check("DKL-LI-0001", 2)
DUPLICATES = Check("DKL-LI-0002", 2)
DOCKLE = Check("dockle", 10)
CHECKS = (UPDATE, ENVIRONMENT, SUDO, VOLUMES, UPGRADE, APK_CACHE, APT_LISTS, PASSWORDS, DUPLICATES, DOCKLE)
ORDER = 30

COVERED = {
    "CIS-DI-0001": "user",
    "CIS-DI-0002": "base-pinned",
    "CIS-DI-0003": "no-package-manager, no-compiler, no-download-tool",
    "CIS-DI-0004": "vulnerabilities",
    "CIS-DI-0005": "base-as-locked (digests; Docker's own content trust has been retired)",
    "CIS-DI-0006": "healthy",
    "CIS-DI-0008": "setid",
    "CIS-DI-0009": "copy-not-add",
    "CIS-DI-0011": "base-as-locked",
    "DKL-DI-0006": "base-pinned",
    "DKL-LI-0003": "no-vcs-data, no-workshop-files, leak-layers",
}
SENSITIVE = ("/dev", "/proc", "/sys", "/etc", "/boot", "/bin", "/sbin", "/usr", "/lib", "/var/run")
_SECRET_NAME = re.compile(
    r"(?:^|_)(?:password|passwd|secret|token|apikey|api_key|private_key)(?:_|$)", re.IGNORECASE
)
_UPDATE = re.compile(r"\b(?:apt-get|apt|apk|yum|dnf)\s+(?:-\S+\s+)*(?:update|makecache)\b")
_INSTALL = re.compile(r"\b(?:install|add|upgrade)\b")
_UPGRADE = re.compile(r"\b(?:dist-upgrade|full-upgrade)\b|\bapk\s+upgrade\b")
_APK_ADD = re.compile(r"\bapk\s+(?!.*--no-cache)(?:-\S+\s+)*add\b")


def run(session: Session) -> list[CheckResult]:
    """Look at history, environment, volumes, and the account files."""
    commands = [str(entry.get("created_by", "")) for entry in session.main.image.history]
    lone = [c for c in commands if _UPDATE.search(c) and not _INSTALL.search(c)]
    upgrades = [c for c in commands if _UPGRADE.search(c)]
    apk = [c for c in commands if _APK_ADD.search(c)]
    return [
        UPDATE.judged(_shown(lone), "an update without an install in the same layer", "no lone update"),
        ENVIRONMENT.judged(
            _secret_variables(session), "variables that hold secrets", "no secret in the environment"
        ),
        SUDO.judged(_sudo(session), "sudo is in the image", "no sudo"),
        VOLUMES.judged(
            _volumes(session), "a volume over a sensitive folder", "no volume over a sensitive folder"
        ),
        UPGRADE.judged(
            _shown(upgrades), "the whole distribution is upgraded: pin a newer base", "no dist-upgrade"
        ),
        APK_CACHE.judged(_shown(apk), "apk add without --no-cache", "no apk add without --no-cache"),
        APT_LISTS.judged(_apt_lists(session), "apt's package lists are in the image", "no package lists"),
        PASSWORDS.judged(
            _open_accounts(session), "accounts with an empty password", "no account without password"
        ),
        DUPLICATES.judged(_duplicates(session), "user or group ids are not unique", "all ids are unique"),
        judge_dockle(session),
    ]


def _shown(commands: list[str]) -> list[str]:
    return [one_line(command) for command in commands]


def _secret_variables(session: Session) -> list[str]:
    pairs = [str(row).partition("=") for row in session.main.image.settings.get("Env") or []]
    return [one_line(name) for name, _, value in pairs if value and _SECRET_NAME.search(name)]


def _sudo(session: Session) -> list[str]:
    found = programs(session.files)
    return [one_line(entry.path) for name in ("sudo", "doas") for entry in found.get(name, [])]


def _volumes(session: Session) -> list[str]:
    volumes = session.main.image.settings.get("Volumes") or {}
    return [one_line(path) for path in volumes if path == "/" or below_any(path, SENSITIVE)]


def _apt_lists(session: Session) -> list[str]:
    prefix = "/var/lib/apt/lists/"
    layers = enumerate(session.layers)
    entries = [e for number, content in layers if number >= session.base_layers for e in content.entries]
    return [one_line(e.path) for e in entries if e.path.startswith(prefix) and e.is_file and e.size][:10]


def _open_accounts(session: Session) -> list[str]:
    rows = [line.split(":") for line in session.files.text("/etc/shadow").splitlines()]
    return [f"{one_line(row[0])} in /etc/shadow" for row in rows if len(row) > 1 and row[0] and not row[1]]


def _duplicates(session: Session) -> list[str]:
    faults = []
    for path in ("/etc/passwd", "/etc/group"):
        rows = [line.split(":") for line in session.files.text(path).splitlines()]
        ids = [row[2] for row in rows if len(row) > 2]
        faults += [
            f"{one_line(number)} twice in {path}" for number in sorted({n for n in ids if ids.count(n) > 1})
        ]
    return faults


def judge_dockle(session: Session) -> CheckResult:
    """Return dockle's own verdict, or where it is not installed what stands in for each of its points."""
    lines = [f"{point}: {check}" for point, check in COVERED.items()]
    if not shutil.which("dockle"):
        return DOCKLE.reported("dockle is not installed; its points are checked here", *lines)
    try:
        findings = run_dockle(session.images[0])
    except EngineError as error:
        # Caught here, so that the points above keep their own verdicts.
        return DOCKLE.failed(f"dockle cannot be used: {error.message}")
    return DOCKLE.judged(
        [one_line(covered(finding)) for finding in findings],
        "dockle warns",
        "dockle finds nothing to warn about",
    )


def covered(finding: str) -> str:
    """Return a finding of dockle with the check that looks for the same here."""
    point = finding.partition(":")[0]
    return f"{finding} [{COVERED[point]}]" if point in COVERED else finding
