"""Where the bundled data is, in a wheel and in a checkout."""

from functools import cache
from pathlib import Path

from dockgen.errors import CatalogError

_PACKAGE = Path(__file__).parent


@cache
def bundled(kind: str) -> Path:
    """Return the folder of bundled `templates` or `stacks`.

    A wheel carries them in `dockgen/_data`; a checkout has them beside its pyproject.toml.
    """
    for root in (_PACKAGE / "_data", _PACKAGE.parent.parent):
        if (root / kind).is_dir():
            return root / kind
    raise CatalogError(f"the bundled {kind} are missing", "reinstall dockgen")
