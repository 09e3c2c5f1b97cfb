"""The exact commands for a plan: build, hardened run, Kubernetes' probes."""

from __future__ import annotations

import shlex
from pathlib import Path

from dockgen.plan.labels import build_labels
from dockgen.plan.model import Plan, Secret

MEMORY = "512m"
PIDS = 256
_HOME = "/root/"


def build_command(
    plan: Plan, context: Path = Path(), folder: Path | None = None, *, ci: bool = False
) -> list[str]:
    """Return `docker build` as lines: its secrets, and the labels that each build gives itself.

    `folder` is where the Dockerfile lies, the context by default.
    With `ci` every secret comes out of a variable, as CI systems hand them out.
    """
    parts = [f"--tag {plan.project}"]
    folder = context if folder is None else folder
    if plan.dockerfile != "Dockerfile" or folder != context:
        parts.append(f"--file {shlex.quote((folder / plan.dockerfile).as_posix())}")
    if plan.platforms:
        parts.append(f"--platform {','.join(plan.platforms)}")
    parts += [f"--secret {_secret(entry, ci)}" for entry in plan.given_secrets]
    if plan.ssh:
        parts.append("--ssh default")
    labels = build_labels(plan.images.get("runtime"))
    parts += [f'--label "{name}={value}"' for name, value in labels.items()]
    parts += [f'--build-arg "{name}={value}"' for name, value in (plan.values.get("stamps") or {}).items()]
    return ["docker build", *parts, shlex.quote(context.as_posix())]


def _secret(entry: Secret, ci: bool) -> str:
    """Where the value comes from outside: a variable of the same name, or a file that the user names."""
    if entry.env or ci:
        return f"id={entry.id},env={entry.variable}"
    target = entry.target or entry.id
    source = "$HOME/" + (target[len(_HOME) :] if target.startswith(_HOME) else target.rpartition("/")[2])
    return f'id={entry.id},src="{source}"'


def run_options(plan: Plan) -> list[str]:
    """Return the options of the hardened `docker run`, without name and image."""
    options = ["--read-only", "--cap-drop ALL", "--security-opt no-new-privileges"]
    options += [f"--pids-limit {PIDS}", f"--memory {MEMORY}"]
    options += ["--init"] if plan.init else []
    options += [
        f"--tmpfs {entry.path}:rw,noexec,nosuid,uid={plan.user.uid},gid={plan.user.gid}"
        for entry in plan.writable
        if entry.kind == "tmpfs"
    ]
    options += [
        f"--volume {plan.project}{shlex.quote(entry.path.replace('/', '-'))}:{shlex.quote(entry.path)}"
        for entry in plan.writable
        if entry.kind == "volume"
    ]
    options += [f"--env {name}={shlex.quote(value)}" for name, value in plan.start_environment.items()]
    options += [f"--publish 127.0.0.1:{plan.port}:{plan.port}"] if plan.port else []
    return options


def run_command(plan: Plan) -> list[str]:
    """Return the hardened `docker run` as lines."""
    return ["docker run --rm", *run_options(plan), plan.project]


def extra_commands(plan: Plan) -> dict[str, str]:
    """Return named commands that run beside the server, such as migrations, as one line each."""
    env = [f"--env {name}={shlex.quote(value)}" for name, value in plan.start_environment.items()]
    lines = {}
    for name, words in plan.commands.items():
        start = ["docker run --rm", *env, f"--entrypoint {shlex.quote(words[0])}", plan.project]
        lines[name] = " ".join([*start, *map(shlex.quote, words[1:])])
    return lines


def kubernetes_probes(plan: Plan) -> list[str]:
    """Return the lines for a pod's container; Kubernetes does not look at HEALTHCHECK."""
    context = [
        "securityContext:",
        "  runAsNonRoot: true",
        f"  runAsUser: {plan.user.uid}",
        "  readOnlyRootFilesystem: true",
        "  allowPrivilegeEscalation: false",
        "  capabilities: {drop: [ALL]}",
    ]
    if not plan.port:
        return context
    probe = (
        f"httpGet: {{path: {plan.health}, port: {plan.port}}}"
        if plan.health
        else f"tcpSocket: {{port: {plan.port}}}"
    )
    return [
        f"startupProbe: {{{probe}, periodSeconds: 1, failureThreshold: 60}}",
        f"readinessProbe: {{{probe}, periodSeconds: 10}}",
        f"livenessProbe: {{{probe}, periodSeconds: 30}}",
        *context,
    ]


def as_shell(lines: list[str], indent: str = "  ") -> str:
    """Return a command's parts as one shell command over several lines."""
    return f" \\\n{indent}  ".join(lines)
