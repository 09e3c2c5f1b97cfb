"""What the user must hear besides the files: the stack's own warnings, ends of life, unreadable files."""

from __future__ import annotations

import datetime
from pathlib import Path

from dockgen.answers.model import Resolution
from dockgen.catalog.eol import end_of_life
from dockgen.catalog.versions import in_range
from dockgen.plan.model import Notice, Plan
from dockgen.setup.shareable import left_out
from dockgen.setup.survey import Survey

FIRST_FREE_PORT = 1024


def notices_of(
    survey: Survey,
    resolution: Resolution,
    plan: Plan,
    today: datetime.date,
    output: Path | None = None,
) -> list[Notice]:
    """Return everything to be told, the gravest first; `output` is where files go that leave the project."""
    told = [*_end_of_life(resolution, today), *_contradictions(resolution), *plan.warnings]
    told += left_out(survey.project, plan)
    told += [*_without_authority(survey, plan), *_misplaced(plan, output), *_low_port(plan)]
    told += [
        Notice(f"{skipped.path} was not read: {skipped.reason}.", "no build can take it as it is")
        for skipped in survey.tree.skipped
        if "/" not in skipped.path
    ]
    told += [Notice(problem.message, problem.hint) for problem in survey.detection.problems]
    if survey.tree.truncated or survey.context.tree.truncated:
        told.append(
            Notice(
                "The folder is too large to be read whole; deep files were not looked at.",
                "name the app's folder",
            )
        )
    return sorted(told, key=lambda notice: (not notice.strict, notice.practice is None))


def _without_authority(survey: Survey, plan: Plan) -> list[Notice]:
    name = plan.ca_certificate
    if not name or name in survey.context.tree.files or survey.context.tree.truncated:
        return []
    message = f"The certificate {name} is not in the build context: the build stops where it is copied."
    return [
        Notice(message, "put it there before the build, or name another: --set ca_certificate=…", strict=True)
    ]


def _misplaced(plan: Plan, output: Path | None) -> list[Notice]:
    """Return a notice of files that are read at the top of a repository only, and are written elsewhere.

    So are they beside a workspace's member where no repository is known, and outside of the app's folder.
    """
    if not plan.extra_files or not (output or (plan.folder and not plan.place)):
        return []
    names = ", ".join(plan.extra_files)
    where = f"to {output}" if output else "beside the app"
    message = f"Written {where}, but read at the top of the repository only: {names}."
    return [Notice(message, "move them there; their paths and commands are those of the top")]


def _low_port(plan: Plan) -> list[Notice]:
    """Return a notice of a port that only root could bind once.

    Sources: https://docs.docker.com/engine/release-notes/20.10/, and
    https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/ (safe sysctls).
    """
    if not plan.port or plan.port >= FIRST_FREE_PORT:
        return []
    return [
        Notice(
            f"The server listens on port {plan.port} without root's rights: Docker lets it since 20.10, "
            "and not every platform does.",
            "listen above 1023 (--set port=…, the code must follow), or allow it where it runs: "
            f"net.ipv4.ip_unprivileged_port_start={plan.port}, a sysctl that Kubernetes counts as safe",
        )
    ]


def _contradictions(resolution: Resolution) -> list[Notice]:
    """Return a notice of the files that ask for another version than the one that was taken."""
    declared, answer = resolution.stack.version, resolution.answers.get("version")
    fact = resolution.facts.get(declared.get("constraint", "")) if declared else None
    if not fact or not answer:
        return []
    others = [
        f"{origin} for {value}"
        for value, origin in fact.places
        if str(origin) != answer.origin and not in_range(str(answer.value), str(value))
    ]
    if not others:
        return []
    title, taken = resolution.stack.header.title, answer.origin or answer.source
    message = (
        f"{title} {answer.value} was taken ({taken}), but not all files ask for it: {', '.join(others)}."
    )
    return [Notice(message, "make them agree, or name the one that counts: --set version=…")]


def _end_of_life(resolution: Resolution, today: datetime.date) -> list[Notice]:
    declared, answer = resolution.stack.version, resolution.answers.get("version")
    ended = (
        end_of_life(declared["product"], str(answer.value), today.isoformat())
        if declared and answer
        else None
    )
    if not ended or not answer:
        return []
    title, place = resolution.stack.header.title, answer.origin or answer.source
    since = f" since {ended.last}" if ended.last else ""
    return [
        Notice(
            f"{title} {answer.value} ({place}) gets no security updates{since}.",
            "move to a newer version and set it: --set version=…",
            practice=4,
            strict=True,
        )
    ]
