"""After a change of one source line the dependencies are still cached; time and bytes are reported."""

from __future__ import annotations

from pathlib import Path

from dockgen.dockerfile.model import Dockerfile
from dockgen.verify.installing import is_install
from dockgen.verify.model import Check, CheckResult, Step
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Built, Session

WARM = Check("warm-rebuild", 9)
CHECKS = (WARM,)
ORDER = 71
TRIES = 4
"""How often the cache may be gone for no fault of the Dockerfile."""
PROOFS = 2
"""How often the cache must be there without the change and not with it: once is an engine's chance."""
_SLASHES = "go js mjs cjs ts mts tsx jsx rs java kt scala cs fs swift dart c cc cpp php"
_HASHES = "py rb ex exs cr sh pl jl r"
COMMENTS = {f".{suffix}": "//" for suffix in _SLASHES.split()} | {
    f".{suffix}": "#" for suffix in _HASHES.split()
}
COMMENTS |= {".erl": "%", ".hs": "--", ".clj": ";;"}
SKIPPED = {"node_modules", ".git", ".venv", "venv", "vendor", "target", "test", "tests", "__pycache__"}


def run(session: Session) -> list[CheckResult]:
    """Change one line of one source file in the copied context and build with the cache."""
    if not session.engine.exports_cache:
        return [WARM.skipped(f"{session.engine.name} does not tell which steps were cached")]
    source = pick_source(session.context, session.source)
    if source is None:
        return [WARM.skipped("no source file that the Dockerfile copies was found")]
    return [_judged(session, source)]


def _judged(session: Session, source: Path) -> CheckResult:
    name = source.relative_to(session.context).as_posix()
    before = source.read_bytes()
    proofs = 0
    for lines in range(1, TRIES + 1):
        source.write_bytes(before + f"\n{COMMENTS[source.suffix]} one more line".encode() * lines + b"\n")
        built = session.build(
            session.request(archive=session.work / "warm.tar"),
            "building again after a change of one source line",
        )
        if not built.outcome.succeeded:
            return WARM.failed("the build fails after a comment was added", one_line(built.outcome.error))
        session.warm, session.warm_bytes = built, session.new_bytes(built.image)
        fresh = [step for step in _installs(session, built) if not step.cached]
        if not fresh:
            return _passed(session, name, built, lines)
        source.write_bytes(before)
        # This rebuild may have filled a cache that was lost: one alone proves nothing.
        kept = _kept(session, {step.name for step in fresh}) if lines > 1 else []
        proofs += bool(kept)
        if proofs == PROOFS:
            return WARM.failed(f"a change of {name} installs the dependencies anew", *kept)
    return WARM.skipped(
        f"the engine threw its build cache away {TRIES} times, so nothing can be said of the Dockerfile",
        "without any change the dependencies were installed anew, too: free some disk for the engine",
    )


def _kept(session: Session, names: set[str]) -> list[str]:
    """Return which steps are cached without the change, so that it was the change that made them run.

    An engine short of disk drops steps at any moment (BuildKit's garbage collection); what it dropped, this
    build makes again.
    """
    control = session.build(session.request(), "building without the change, to see what the cache still has")
    return [one_line(step.name) for step in _installs(session, control) if step.cached and step.name in names]


def _passed(session: Session, name: str, built: Built, tries: int) -> CheckResult:
    cost = f"{session.warm_seconds or 0:.1f} s, {(session.warm_bytes or 0) / 1e6:.2f} MB of new layers"
    kept = [one_line(f"cached: {step.name}") for step in _installs(session, built)]
    thrown = ["the engine had thrown its build cache away before: this is a later look"] * (tries > 1)
    return WARM.passed(
        f"after a change of {name}: {cost}", *(kept or ["the Dockerfile installs no dependencies"]), *thrown
    )


def _installs(session: Session, built: Built) -> list[Step]:
    return [step for step in built.outcome.log.steps() if is_install(step, session.source)]


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
