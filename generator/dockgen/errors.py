"""Every error that reaches a user: one sentence and a way out."""

from __future__ import annotations

from typing import Any


class DockgenError(Exception):
    """Something the user can act on.

    `message` is one sentence that names the file, the line and the reason; `hint` is the way out.
    """

    exit_code = 2

    @property
    def details(self) -> dict[str, Any]:
        """What a program wants to know of it besides, in plain values."""
        return {}

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message}\n  {self.hint}" if self.hint else self.message


class ProjectError(DockgenError):
    """A project file cannot be read or understood."""


class CatalogError(DockgenError):
    """Stack or image data is wrong; the message starts with `file:line`."""


class AnswerError(DockgenError):
    """An answer is missing, unknown or invalid."""


class GivenError(AnswerError):
    """An answer from outside, a flag or a line of a file, is unknown or invalid."""


class PlanError(DockgenError):
    """Facts and answers do not add up to a container."""


class RenderError(DockgenError):
    """A template cannot be rendered, or would emit text that was not made safe."""


class OutputError(DockgenError):
    """Files cannot be written, or would overwrite somebody's work."""


class EngineError(DockgenError):
    """A container engine or an outside program is missing or failed."""
