"""The image has OCI labels, and what they say is valid.

Keys and their meaning: https://github.com/opencontainers/image-spec/blob/main/annotations.md
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from dockgen.counting import counted
from dockgen.verify.model import Check, CheckResult
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Session

LABELS = Check("labels", 8)
CHECKS = (LABELS,)
ORDER = 26
PREFIX = "org.opencontainers.image."
ADDRESSES = ("url", "source", "documentation")
_RFC3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)")
_LICENSES = re.compile(r"\(*[A-Za-z0-9.+-]+\)*( (AND|OR|WITH) \(*[A-Za-z0-9.+-]+\)*)*")
_DIGEST = re.compile(r"sha256:[0-9a-f]{64}")
_KEY = re.compile(r"[a-z0-9]+([.-][a-z0-9]+)*", re.IGNORECASE)


def run(session: Session) -> list[CheckResult]:
    """Read the image's labels."""
    labels = session.main.image.labels
    own = {key: value for key, value in labels.items() if key.startswith(PREFIX)}
    if PREFIX + "title" not in own:
        return [
            LABELS.failed(f"the image has no label {PREFIX}title", *sorted(one_line(key) for key in labels))
        ]
    faults = [one_line(fault) for fault in invalid(labels)]
    good = f"{counted(len(labels), 'label')}, all valid"
    return [LABELS.judged(faults, "labels are invalid", good)]


def invalid(labels: dict[str, str]) -> list[str]:
    """Return a sentence for each label that is empty, malformed, or not what its key means."""
    faults = []
    for key, value in labels.items():
        kind = key.removeprefix(PREFIX) if key.startswith(PREFIX) else ""
        if not _KEY.fullmatch(key.replace("_", "-")):
            faults.append(f"{key!r} is no valid key")
        elif not value.strip() or "${" in value:
            faults.append(f"{key} is empty or holds a variable: {value!r}")
        elif kind in ADDRESSES and not (urlsplit(value).scheme and urlsplit(value).netloc):
            faults.append(f"{key} is no address: {value!r}")
        elif kind == "created" and not _RFC3339.fullmatch(value):
            faults.append(f"{key} is no RFC 3339 date: {value!r}")
        elif kind == "licenses" and not _LICENSES.fullmatch(value):
            faults.append(f"{key} is no SPDX expression: {value!r}")
        elif kind == "base.digest" and not _DIGEST.fullmatch(value):
            faults.append(f"{key} is no digest: {value!r}")
    return faults
