"""After a change of one source line the dependencies are still cached; time and bytes are reported."""

from __future__ import annotations

import re
from pathlib import Path

from dockgen.dockerfile.model import Dockerfile
from dockgen.verify.model import Check, CheckResult, Status, Step
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Session

WARM = Check("warm-rebuild", 9)
CHECKS = (WARM,)
ORDER = 71
_SLASHES = "go js mjs cjs ts tsx jsx rs java kt cs swift dart c cpp php"
_HASHES = "py rb ex exs sh pl jl r"
COMMENTS = {f".{suffix}": "//" for suffix in _SLASHES.split()} | {
    f".{suffix}": "#" for suffix in _HASHES.split()
}
INSTALLS = re.compile(
    r"\b(?:npm (?:ci|install|i)|pnpm (?:install|i|fetch)|yarn(?: install| --|\s*$)|bun (?:install|ci)"
    r"|pip3? (?:install|download|wheel)|uv (?:sync|pip)|poetry (?:install|sync)|go mod download"
    r"|bundle install|composer install|cargo (?:fetch|chef)|mix deps\.(?:get|compile)|mvn\b.*dependency:"
    r"|gradlew?\b.*dependencies|deno (?:install|cache)|apt-get install|apk add)"
)
SKIPPED = {"node_modules", ".git", ".venv", "venv", "vendor", "target", "test", "tests", "__pycache__"}
_STEP = re.compile(r"^\[(?:(?P<stage>[\w.-]+) )?\s*\d+/\d+\] RUN (?P<command>.*)", re.DOTALL)


def run(session: Session) -> list[CheckResult]:
    """Change one line of one source file in the copied context and build with the cache."""
    if not session.engine.exports_cache:
        return [WARM.skipped(f"{session.engine.name} does not tell which steps were cached")]
    source = pick_source(session.context, session.source)
    if source is None:
        return [WARM.skipped("no source file that the Dockerfile copies was found")]
    result = _rebuild(session, source)
    # An engine that ran out of cache space meanwhile drops steps: a second look tells that apart.
    return [_rebuild(session, source) if result.status is Status.FAILED else result]


def _rebuild(session: Session, source: Path) -> CheckResult:
    with source.open("ab") as stream:
        stream.write(f"\n{COMMENTS[source.suffix]} one more line\n".encode())
    request = session.request(archive=session.work / "warm.tar")
    built = session.build(request, "building again after a change of one source line")
    if not built.outcome.succeeded:
        return WARM.failed("the build fails after a comment was added", one_line(built.outcome.error))
    session.warm = built
    return _judged(session, source, [step for step in built.outcome.log.steps() if is_install(step)])


def _judged(session: Session, source: Path, steps: list[Step]) -> CheckResult:
    name = source.relative_to(session.context).as_posix()
    fresh = [one_line(step.name) for step in steps if not step.cached]
    if fresh:
        return WARM.failed(f"a change of {name} installs the dependencies anew", *fresh)
    cost = f"{session.warm_seconds or 0:.1f} s, {(session.warm_bytes or 0) / 1e6:.2f} MB of new layers"
    kept = [one_line(f"cached: {step.name}") for step in steps]
    return WARM.passed(
        f"after a change of {name}: {cost}", *(kept or ["the Dockerfile installs no dependencies"])
    )


def is_install(step: Step) -> bool:
    """Say whether a step of the build installs dependencies."""
    found = _STEP.match(step.name)
    return bool(found and INSTALLS.search(found.group("command")))


def pick_source(context: Path, dockerfile: Dockerfile) -> Path | None:
    """Return the first source file, in name order, below the paths that COPY takes from the context."""
    for stage in reversed(dockerfile.stages):
        for instruction in stage.instructions:
            if instruction.keyword == "COPY" and not instruction.flag("from"):
                for word in instruction.words[:-1]:
                    found = _first_source(context, word.text)
                    if found:
                        return found
    return None


def _first_source(context: Path, pattern: str) -> Path | None:
    clean = pattern.strip("\"'").lstrip("/").rstrip("/") or "."
    if ".." in clean.split("/") or "$" in clean:
        return None
    for start in [context] if clean == "." else sorted(context.glob(clean)):
        files = [start] if start.is_file() else sorted(start.rglob("*"))
        for path in files:
            plain = path.suffix in COMMENTS and path.is_file() and not path.is_symlink()
            if (
                plain
                and not SKIPPED.intersection(path.relative_to(context).parts)
                and "test" not in path.stem
            ):
                return path
    return None
