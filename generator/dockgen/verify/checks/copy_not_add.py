"""Files come by COPY: ADD also fetches addresses and unpacks archives, which nobody verified."""

from __future__ import annotations

from dockgen.verify.model import Check, CheckResult
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Session

ADD = Check("copy-not-add", 7)
CHECKS = (ADD,)
ORDER = 28


def run(session: Session) -> list[CheckResult]:
    """Look for ADD in every stage; with a checksum it is a verified download and fine."""
    faults = [
        one_line(f"line {instruction.line}: ADD {instruction.text}")
        for stage in session.source.stages
        for instruction in stage.instructions
        if instruction.keyword == "ADD" and not instruction.flag("checksum")
    ]
    return [ADD.judged(faults, "ADD without a checksum", "no ADD without a checksum")]
