"""A starter project from a cookiecutter template, to be containerised in the same run.

Rendering runs the template's own code (hooks, Jinja extensions, unsandboxed Jinja), so nothing of it is
fetched or rendered unless the user trusts it. Source: cookiecutter's documentation on hooks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from dockgen.errors import AnswerError, ProjectError

PREFIX = "cookiecutter."


def split_flags(flags: Sequence[str]) -> tuple[tuple[str, ...], dict[str, str]]:
    """Return dockgen's own `--set` flags, and the template's variables (`--set cookiecutter.name=value`)."""
    own = [flag for flag in flags if not flag.startswith(PREFIX)]
    theirs = [flag.removeprefix(PREFIX).partition("=") for flag in flags if flag.startswith(PREFIX)]
    return tuple(own), {name: value for name, _, value in theirs}


def start(source: str, folder: Path, *, trust: bool, ask: bool, answers: Mapping[str, Any]) -> Path:
    """Render a cookiecutter template into a folder and return the new project's path.

    `answers` are the template's own variables. Raises AnswerError without trust, ProjectError where the
    template is missing or fails; cookiecutter then removes what it began.
    """
    if not trust:
        raise AnswerError(
            f"the template {source} would run its own code on this machine; nothing was rendered",
            "read the template (hooks/, cookiecutter.json), then run again with --trust",
        )
    # Heavy, and needed by this way in alone.
    from click.exceptions import Abort
    from cookiecutter.exceptions import CookiecutterException
    from cookiecutter.main import cookiecutter
    from jinja2 import TemplateError

    folder.mkdir(parents=True, exist_ok=True)
    try:
        made = cookiecutter(
            source,
            no_input=not ask,
            extra_context=dict(answers) or None,
            output_dir=str(folder),
            accept_hooks=True,
        )
    except CookiecutterException as error:
        raise ProjectError(
            f"the template {source} could not be rendered: {error}", "check its address"
        ) from error
    except Abort as error:
        # click's word for Ctrl-C and for the end of the input at cookiecutter's own questions.
        raise KeyboardInterrupt from error
    except (OSError, ValueError, KeyError, SyntaxError, TemplateError) as error:
        raise ProjectError(f"the template {source} failed: {error}", "mend the template") from error
    return Path(made)
