"""The secrets that the user gave stay out of all that verify tells: a report is kept, a log read by many."""

from __future__ import annotations

from dataclasses import dataclass, replace

from dockgen.verify.model import CheckResult, Evidence
from dockgen.verify.needles import SHORTEST, forms, secret_parts
from dockgen.verify.safe_text import CUT
from dockgen.verify.target import Target


@dataclass(frozen=True)
class Redactor:
    """Puts the name of a secret in place of its value, in whichever form the value is written."""

    words: tuple[tuple[str, str], ...]
    """What is looked for and what stands in its place, the longest first."""

    def text(self, text: str) -> str:
        """Return the text without any of the values."""
        for value, name in self.words:
            text = text.replace(value, name)
        return self._without_starts(text) if CUT in text else text

    def _without_starts(self, text: str) -> str:
        """Return the text without the start of a value where a long line was cut in the middle of it."""
        for value, name in self.words:
            for length in range(len(value) - 1, SHORTEST - 1, -1):
                text = text.replace(value[:length] + CUT, name + CUT)
        return text

    def result(self, result: CheckResult) -> CheckResult:
        """Return a check's result without any of the values."""
        return replace(
            result, message=self.text(result.message), evidence=tuple(map(self.text, result.evidence))
        )

    def evidence(self, evidence: Evidence) -> Evidence:
        """Return all that was found without any of the values."""
        measures = evidence.measures
        layers = tuple(replace(layer, made_by=self.text(layer.made_by)) for layer in measures.layers)
        steps = tuple(replace(step, name=self.text(step.name)) for step in measures.steps)
        return replace(
            evidence,
            results=tuple(map(self.result, evidence.results)),
            measures=replace(measures, layers=layers, steps=steps),
        )


def redactor_of(target: Target) -> Redactor:
    """Return the redactor of the secrets, and of the build arguments named like secrets, of a target."""
    values = {
        part: f"[secret {identity}]"
        for identity, value in target.secrets.items()
        for part in secret_parts(value.decode(errors="replace"))
    }
    values |= {
        value: f"[build argument {name}]"
        for name, found in target.secret_build_args.items()
        for value in found
    }
    words = {
        data.decode(): name
        for value, name in values.items()
        if len(value) >= SHORTEST
        for form, data in forms(value).items()
        if not form.startswith("UTF-16")
    }
    return Redactor(tuple(sorted(words.items(), key=lambda pair: -len(pair[0]))))
