"""The real hadolint: started on one or many texts, awaited later, its findings as values."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from dockgen.errors import EngineError
from dockgen.lint.hadolint_binary import Binary
from dockgen.records import record

if TYPE_CHECKING:
    import subprocess

# One capability, a larger nursery, no ticking: a quarter less work than by hadolint's own settings.
_RUNTIME = ("+RTS", "-N1", "-A16m", "-V0", "-RTS")
# hadolint's time grows with the square of the instructions: 1,000 take it 7 s, 10,000 a minute and a half.
MAX_INSTRUCTIONS = 400
MAX_CHARACTERS = 256 * 1024
# Up to so many characters a text is written into a pipe, which holds them whether or not they are read.
_PIPED = 4 * 1024
SECONDS_PER_FILE = 10.0
_BAD_CONFIGURATION = "Error parsing your config file"


@record
class Raw:
    """One finding as hadolint reports it; `line` is a line of the text it was given."""

    code: str
    level: str
    line: int
    message: str


@record
class Failure:
    """hadolint could not judge a text; `reason` goes on after "hadolint"."""

    reason: str


Outcome = tuple[Raw, ...] | Failure


@record
class Setup:
    """How hadolint is run: `config` is its configuration file; `own` is for text of dockgen's own making.

    For such text neither pragmas nor the environment have a say.
    """

    config: Path | None = None
    own: bool = False

    def arguments(self) -> list[str]:
        """Return the options for the command line."""
        config = ["--config", str(self.config)] if self.config else []
        return [*config, "--format", "json", *(["--disable-ignore-pragma"] if self.own else [])]

    def environment(self) -> dict[str, str]:
        """Return the environment, with an encoding that can hold any message."""
        kept = {k: v for k, v in os.environ.items() if not (self.own and k.startswith("HADOLINT_"))}
        return {**kept, "LC_ALL": "C.UTF-8"}

    def fingerprint(self) -> str:
        """Return what this set-up's results depend on, for cache keys."""
        config = self.config.read_bytes().hex() if self.config else ""
        names = [] if self.own else sorted(name for name in os.environ if name.startswith("HADOLINT_"))
        return json.dumps([config, self.own, [(name, os.environ.get(name)) for name in names]])


class Run:
    """A hadolint process under way on some texts; `outcomes` waits for it."""

    def __init__(self, binary: Binary, texts: Sequence[str], setup: Setup) -> None:
        """Start the process; raises EngineError where the program cannot be started."""
        self._binary, self._texts, self._setup = binary, texts, setup
        self._files = ExitStack()
        try:
            names, given = self._store(texts)
            self._process = self._start(names, given)
        except OSError as error:
            self._files.close()
            raise EngineError(
                f"hadolint could not be started: {error.strerror or error}",
                "reinstall dockgen, or lint without it: hadolint = false in .dockgen.toml",
            ) from error

    def _store(self, texts: Sequence[str]) -> tuple[list[str], IO[bytes] | int]:
        """Put one text on standard input, several into files: paths of the project never reach hadolint."""
        # Not at the top: a run that is answered from the store has no use for it.
        import subprocess

        if len(texts) == 1 and len(texts[0]) <= _PIPED:
            return ["-"], subprocess.PIPE
        import tempfile

        if len(texts) == 1:
            given: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the stack
            self._files.callback(given.close)
            given.write(_encoded(texts[0]))
            given.seek(0)
            return ["-"], given
        folder = Path(self._files.enter_context(tempfile.TemporaryDirectory(prefix="dockgen-")))
        for number, text in enumerate(texts):
            (folder / str(number)).write_bytes(_encoded(text))
        return [str(folder / str(number)) for number in range(len(texts))], subprocess.DEVNULL

    def _start(self, names: list[str], given: IO[bytes] | int) -> subprocess.Popen[bytes]:
        import subprocess

        process = subprocess.Popen(
            [str(self._binary.path), *_RUNTIME, *self._setup.arguments(), "--no-fail", *names],
            stdin=given,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self._setup.environment(),
        )
        if process.stdin:
            # A hadolint that does not read ends with an error, which is told when it is waited for.
            with suppress(BrokenPipeError), process.stdin as pipe:
                pipe.write(_encoded(self._texts[0]))
            process.stdin = None
        return process

    def outcomes(self) -> list[Outcome]:
        """Return one outcome for each text, in order; raises EngineError for a broken configuration."""
        import subprocess

        try:
            output, errors = self._process.communicate(timeout=SECONDS_PER_FILE * (1 + len(self._texts) / 10))
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.communicate()
            return self._one_by_one(f"took longer than {SECONDS_PER_FILE:.0f} s")
        finally:
            self._files.close()
        told = errors.decode("utf-8", "replace")
        if _BAD_CONFIGURATION in told:
            raise EngineError(
                f"{self._setup.config or '.hadolint.yaml'}: hadolint cannot read this configuration",
                "hadolint --config FILE shows what it expects",
            )
        try:
            return self._sorted(json.loads(output))
        except (ValueError, KeyError, TypeError, IndexError):
            reason = next(iter(told.strip().splitlines()), f"exit code {self._process.returncode}")
            return self._one_by_one(f"failed ({reason[:120]})")

    def _one_by_one(self, reason: str) -> list[Outcome]:
        """Judge each text alone, so that one text does not take the others down."""
        if len(self._texts) == 1:
            return [Failure(reason)]
        return [Run(self._binary, [text], self._setup).outcomes()[0] for text in self._texts]

    def _sorted(self, reports: list[dict[str, Any]]) -> list[Outcome]:
        found: list[list[Raw]] = [[] for _ in self._texts]
        for report in reports:
            name = str(report["file"])
            number = 0 if len(self._texts) == 1 else int(Path(name).name)
            line = int(report["line"])
            found[number].append(Raw(str(report["code"]), str(report["level"]), line, str(report["message"])))
        return [_judged(raws) for raws in found]


def _encoded(text: str) -> bytes:
    return text.encode("utf-8", "replace")


def _judged(raws: list[Raw]) -> Outcome:
    blind = next((raw for raw in raws if raw.code == "DL1000"), None)
    if blind is None:
        return tuple(raws)
    return Failure(f"cannot read line {blind.line} ({_reason(blind.message)})")


def _reason(message: str) -> str:
    """Return the first clause of a parser message, without its long list of expectations."""
    return " ".join(message.split("\nexpecting")[0].split())[:120]


def too_large(text: str, instructions: int) -> Failure | None:
    """Return why a text is not handed to hadolint: its time grows with the square of the size."""
    if instructions <= MAX_INSTRUCTIONS and len(text) <= MAX_CHARACTERS:
        return None
    return Failure(f"is not run on more than {MAX_INSTRUCTIONS} instructions or {MAX_CHARACTERS >> 10} KiB")
