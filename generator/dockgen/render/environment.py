"""Templates to text: sandboxed, strict about unknown names, and blind to unsafe values."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, TemplateError, TemplateNotFound
from jinja2.exceptions import SecurityError
from jinja2.sandbox import SandboxedEnvironment

from dockgen.errors import RenderError
from dockgen.render.compiled import kept
from dockgen.render.filters import FILTERS, finalize
from dockgen.resources import bundled

_MAX_OUTPUT = 1_000_000


@cache
def environment(folders: tuple[Path, ...] = ()) -> SandboxedEnvironment:
    """Return the Jinja environment; earlier folders win over the bundled templates."""
    made = SandboxedEnvironment(
        loader=FileSystemLoader([*folders, bundled("templates")]),
        undefined=StrictUndefined,
        finalize=finalize,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.do"],
        bytecode_cache=kept(),
    )
    made.filters.update(FILTERS)
    return made


def render(template: str, values: Mapping[str, Any], folders: Sequence[Path] = ()) -> str:
    """Return a template's text: no trailing blanks, one line end at the end, no double blank lines.

    Raises RenderError that names the template.
    """
    try:
        text = environment(tuple(folders)).get_template(template).render(values)
    except RenderError as error:
        raise RenderError(f"template {template}: {error.message}", error.hint) from error
    except TemplateNotFound as error:
        raise RenderError(f"there is no template {error.name}") from error
    except SecurityError as error:
        raise RenderError(f"template {template}: does what no template may: {error}") from error
    except TemplateError as error:
        line = getattr(error, "lineno", None)
        raise RenderError(f"template {template}{f':{line}' if line else ''}: {error.message}") from error
    except (TypeError, ValueError, ArithmeticError, RecursionError, LookupError, AttributeError) as error:
        raise RenderError(f"template {template}: {error}") from error
    if len(text) > _MAX_OUTPUT:
        raise RenderError(f"template {template}: printed more than {_MAX_OUTPUT} characters")
    text = re.sub(r"[ \t]+$", "", text, flags=re.MULTILINE)
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n"
