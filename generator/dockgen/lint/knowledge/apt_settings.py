"""Whether apt's own settings leave recommended packages out of an image.

Source: apt.conf(5), apt-get(8): APT::Install-Recommends, true unless something says otherwise.
"""

from __future__ import annotations

from dockgen.dockerfile.model import Instruction, Stage
from dockgen.regexes import regex

_SWITCHED_OFF = regex(r"(?i)\bInstall-Recommends\b[\s\\\"'=:{]{0,20}(?:0|false|no|off|without|disable|\$)")
_FILE = regex(r"(?i)apt[\w./-]{0,40}conf|/etc/apt\b")


def leave_recommendations_out(stage: Stage) -> bool:
    """Return whether a file of settings or a variable does, or the base is minideb, which has such a file."""
    return any(
        "minideb" in (one.base_image or "") or any(map(_leaves_out, one.instructions))
        for one in stage.lineage
    )


def _leaves_out(instruction: Instruction) -> bool:
    text = "\n".join([instruction.text, *(one.content for one in instruction.heredocs)])
    if instruction.keyword in {"COPY", "ADD"}:
        return bool(instruction.words) and "/etc/apt/apt.conf" in instruction.text
    # As an option it holds for its own command only.
    written = instruction.keyword in {"ENV", "ARG"} or (
        instruction.keyword == "RUN" and _FILE.search(text) is not None
    )
    return written and _SWITCHED_OFF.search(text) is not None
