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
    plan: Plan,
    context: Path = Path(),
    folder: Path | None = None,
    *,
    ci: bool = False,
    history: bool = True,
    target: str = "",
) -> list[str]:
    """Return `docker build` as lines: its secrets, and the labels that each build gives itself.

    `target` is one of the plan's processes, whose image gets its name, too.
    `folder` is where the Dockerfile lies, the context by default.
    Without `history` (no commit yet, or no repository at all) nothing asks git.
    With `ci` every secret comes out of a variable, as CI systems hand them out.
    """
    parts = [f"--tag {image_of(plan, target)}", *([f"--target {target}"] if target else [])]
    folder = context if folder is None else folder
    if plan.dockerfile != "Dockerfile" or folder != context:
        parts.append(f"--file {shlex.quote((folder / plan.dockerfile).as_posix())}")
    if plan.platforms:
        parts.append(f"--platform {','.join(plan.platforms)}")
    parts += [f"--secret {_secret(entry, ci)}" for entry in plan.given_secrets]
    if plan.ssh:
        parts.append("--ssh default")
    git = _git(context) if history else None
    labels = build_labels(plan.images.get("runtime"), git)
    parts += [f'--label "{name}={value}"' for name, value in labels.items()]
    parts += [f'--build-arg "{name}={value}"' for name, value in _stamps(plan, git).items()]
    return ["docker build", *parts, shlex.quote(context.as_posix())]


def _git(context: Path) -> str:
    """The command that asks the repository of the project, wherever it is called."""
    return "git" if context == Path() else f"git -C {shlex.quote(context.as_posix())}"


def _stamps(plan: Plan, git: str | None) -> dict[str, str]:
    """Return the build arguments that only the build knows; those that ask git only where it answers."""
    stamps: dict[str, str] = plan.values.get("stamps") or {}
    return {
        name: value.replace("$(git ", f"$({git} ")
        for name, value in stamps.items()
        if git or "$(git " not in value
    }


def _secret(entry: Secret, ci: bool) -> str:
    """Where the value comes from outside: a variable of the same name, or a file that the user names."""
    if entry.env or ci:
        return f"id={entry.id},env={entry.variable}"
    target = entry.target or entry.id
    source = "$HOME/" + (target[len(_HOME) :] if target.startswith(_HOME) else target.rpartition("/")[2])
    return f'id={entry.id},src="{source}"'


def run_options(plan: Plan, process: str = "") -> list[str]:
    """Return the options of the hardened `docker run`, without name and image.

    A process besides the server has no port.
    """
    served = plan.port and not process
    return [*_hardened(plan), *([f"--publish 127.0.0.1:{plan.port}:{plan.port}"] if served else [])]


def _hardened(plan: Plan) -> list[str]:
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
    return options


def image_of(plan: Plan, process: str = "") -> str:
    """Return the name of the image of a process, or of the one that is started by default."""
    return f"{plan.project}-{process}" if process else plan.project


def run_command(plan: Plan, process: str = "") -> list[str]:
    """Return the hardened `docker run` as lines."""
    return ["docker run --rm", *run_options(plan, process), image_of(plan, process)]


def extra_commands(plan: Plan) -> dict[str, list[str]]:
    """Return named commands that run beside the server, such as migrations, as lines: hardened like it."""
    lines = {}
    for name, words in plan.commands.items():
        start = ["docker run --rm", *_hardened(plan), f"--entrypoint {shlex.quote(words[0])}"]
        lines[name] = [*start, " ".join([plan.project, *map(shlex.quote, words[1:])])]
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
