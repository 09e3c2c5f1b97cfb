"""What a step can read of a secret, and where it writes it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence

from dockgen.dockerfile.model import Instruction, Span, Stage
from dockgen.lint.knowledge.secret_names import is_secret_name
from dockgen.lint.knowledge.steps import Step, steps
from dockgen.regexes import regex

_COPIERS = {"cp", "mv", "install", "tee", "dd", "rsync"}
# Programs that keep what they are told in a file of their own.
_KEEPERS = {
    "npm", "yarn", "pnpm", "git", "pip", "pip3", "poetry", "composer", "bundle", "gem", "aws", "helm",
    "nuget", "dotnet", "cargo", "conda", "uv", "docker", "twine", "hex", "mix",
}  # fmt: skip
_KEEP = regex(r"^(config|configure|login|set|add-credential|auth|update|hex\.organization|http-basic\..*)$")
_FORGET = regex(r"^(--unset(-all)?|delete|unset|logout|rm|remove|--unset=.*)$")


def secret_arguments(stage: Stage) -> frozenset[str]:
    """Return `$NAME` of each build argument of a stage and its parents that is a secret by its name."""
    arguments = stage.inherited("ARG")
    return frozenset(f"${key.text}" for one in arguments for key, _ in one.pairs if is_secret_name(key.text))


def _mounted(instruction: Instruction) -> set[str]:
    """Return what stands for a mounted secret in a step: the file, or `$NAME`."""
    found: set[str] = set()
    for _, options in instruction.mounts():
        if options.get("type") == "secret":
            name = options.get("id") or options.get("source") or options.get("src") or ""
            target = options.get("target") or options.get("dst") or options.get("destination")
            if options.get("env"):
                found.add("$" + options["env"])
            if target or not options.get("env"):
                found.add(target or f"/run/secrets/{name}")
    return found


def mentions(text: str, secrets: Collection[str]) -> bool:
    """Return whether a text reads one of the secrets; `${NAME:+word}` only asks whether it is there."""
    return any(
        re.search(rf"\$\{{?{re.escape(name[1:])}(?!\w|:?\+)", text) if name[0] == "$" else name in text
        for name in secrets
    )


def kept(instruction: Instruction, arguments: frozenset[str]) -> Iterator[tuple[Span, str]]:
    """Yield where a RUN writes a secret into a file that is still there at its end, and where to.

    `arguments` are the build arguments that are secrets, see `secret_arguments`.
    """
    done = steps(instruction)
    secrets = _mounted(instruction) | arguments
    if not secrets:
        return
    secrets |= {f"${name}" for step in done for name, value in step.variables if mentions(value, secrets)}
    passing = [options.get("target") or options.get("dst") or "" for _, options in instruction.mounts()
               if options.get("type") == "tmpfs"]  # fmt: skip
    for index, step in enumerate(done):
        for target in _written(step, done, secrets):
            if not _removed(target, done[index:]) and not any(p and target.startswith(p) for p in passing):
                yield step.span, target


def _written(step: Step, done: Sequence[Step], secrets: set[str]) -> Iterator[str]:
    texts = [arg.text for arg in step.args]
    reads = any(mentions(text, secrets) for text in (*texts, *step.documents))
    fed = any(one.feeds(step) and any(mentions(arg.text, secrets) for arg in one.args) for one in done)
    if (reads and step.name in {"echo", "printf", "cat", "envsubst", "sed"}) or fed:
        yield from (target.text for target in step.outputs if not target.text.startswith("/dev/"))
    if step.name == "tee" and fed:
        yield from (text for text in texts if not text.startswith("-"))
    elif reads and step.name in _COPIERS and len(texts) > 1 and not mentions(texts[-1], secrets):
        yield texts[-1]
    elif reads and step.name in _KEEPERS and _keeps(texts) and not _forgotten(step, done):
        yield f"the settings of {step.name}"


def _keeps(texts: Sequence[str]) -> bool:
    return any(_KEEP.match(text) for text in texts[:3])


def _forgotten(step: Step, done: Sequence[Step]) -> bool:
    later = done[done.index(step) + 1 :]
    return any(
        one.name == step.name and any(_FORGET.match(arg.text) for arg in one.args) for one in later
    ) or any(one.name in {"rm", "shred"} for one in later)


def _removed(target: str, later: Sequence[Step]) -> bool:
    name = target.strip("\"'").rstrip("/").rpartition("/")[2]
    folder = target.rpartition("/")[0].rpartition("/")[2]
    gone = [arg.text for one in later if one.name in {"rm", "shred", "unlink"} for arg in one.args]
    return any(name and name in text for text in gone) or any(
        folder and text.endswith(folder) for text in gone
    )
