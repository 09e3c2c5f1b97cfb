"""Every declared secret is demanded (the build stops without it) and really used (its step fails without it).

`required=true` alone makes a build stop, whatever the step does with the secret. So the second build has the
same Dockerfile without that word: the step that uses the secret must then fail by itself.
"""

from __future__ import annotations

import re

from dockgen.dockerfile.model import Instruction, Stage
from dockgen.verify.model import Check, CheckResult
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Built, Session

DEMANDED = Check("secret-demanded", 5)
USED = Check("secret-used", 5)
CHECKS = (DEMANDED, USED)
ORDER = 60
_REQUIRED = re.compile(r",required(?:=(?:true|1))?(?=[,\s'\"\\])|(?<==)required(?:=(?:true|1))?,")


def run(session: Session) -> list[CheckResult]:
    """Build without each secret in turn, once as it is and once with `required` taken away."""
    mounted = {identity: stage for stage in session.source.stages for identity in secret_ids(stage)}
    if not mounted and not session.target.contract.secrets:
        return [check.skipped("the Dockerfile declares no secret") for check in CHECKS]
    results = []
    for use in session.target.contract.secrets:
        if use.id not in mounted:
            results.append(USED.failed(f"the secret {use.id} is declared, but no instruction mounts it"))
        else:
            results += _demanded(session, use.id, use.required) + _used(session, use.id, mounted[use.id])
    return results


def secret_ids(stage: Stage) -> set[str]:
    """Return the ids of the secrets that a stage mounts."""
    from dockgen.verify.contract import secrets_of_instructions

    return {use.id for use in secrets_of_instructions(stage.instructions)}


def _demanded(session: Session, identity: str, required: bool) -> list[CheckResult]:
    if not required:
        return [DEMANDED.reported(f"the secret {identity} is optional: the build may go on without it")]
    built = _without(session, identity, session.source.source, "demanded")
    if built.outcome.succeeded:
        return [DEMANDED.failed(f"the build succeeds without the secret {identity}: add required=true")]
    return [DEMANDED.passed(f"the build stops without the secret {identity}", _why(built))]


def _used(session: Session, identity: str, stage: Stage) -> list[CheckResult]:
    text = optional_secrets(session.source.source, stage.instructions)
    built = _without(session, identity, text, "used", stage)
    if built.outcome.succeeded:
        message = f"the secret {identity} is never used: its step succeeds without it"
        return [USED.failed(message, "built with required=true taken away and the secret not given")]
    return [USED.passed(f"the secret {identity} is used: its step fails without it", _why(built))]


def _without(session: Session, identity: str, text: str, purpose: str, stage: Stage | None = None) -> Built:
    number = list(session.secret_files).index(identity)
    path = session.changed_dockerfile(text, f"{purpose}-{number}")
    others = {name: file for name, file in session.secret_files.items() if name != identity}
    target = (stage.name if stage else "") or ""
    request = session.request(
        dockerfile=path,
        secrets=others,
        target=target or session.target.stage,
        fresh_stages=(target,) if target else (),
        no_cache=not target,
        namespace=f"{session.namespace}-{purpose}-{number}" if session.namespace else "",
    )
    return session.build(request, f"building without the secret {identity} ({purpose})")


def _why(built: Built) -> str:
    lines = [
        line for line in (*built.outcome.log.tail(3), *built.outcome.error.splitlines()[:1]) if line.strip()
    ]
    return one_line(" | ".join(lines), 300)


def optional_secrets(source: str, instructions: tuple[Instruction, ...]) -> str:
    """Return the source with `required` taken from each secret mount of the instructions."""
    lines = source.split("\n")
    for instruction in instructions:
        for flag, options in instruction.mounts():
            if options.get("type") == "secret":
                row = flag.span.start.line - 1
                head, tail = (
                    lines[row][: flag.span.start.column - 1],
                    lines[row][flag.span.start.column - 1 :],
                )
                length = flag.span.end.column - flag.span.start.column
                lines[row] = head + _REQUIRED.sub("", tail[:length] + " ").rstrip() + tail[length:]
    return "\n".join(lines)
