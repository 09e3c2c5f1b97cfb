"""Where the bundled data is, in a wheel and in a checkout, and where dockgen may keep results."""

import os
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

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


def module_names(package: ModuleType) -> frozenset[str]:
    """Return the names of a package's modules, without importing one or what `pkgutil` needs for it."""
    names = (entry.name for folder in package.__path__ for entry in os.scandir(folder))
    modules = (name.rpartition(".") for name in names)
    return frozenset(name for name, _, ending in modules if ending in ("py", "pyc")) - {"__init__"}


def cache_folder() -> Path:
    """Return the user's cache folder for dockgen (XDG base directories; the platform's own elsewhere)."""
    if told := os.environ.get("XDG_CACHE_HOME"):
        return Path(told) / "dockgen"
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Caches" / "dockgen"
    local = os.environ.get("LOCALAPPDATA")
    return (Path(local) if local and os.name == "nt" else Path.home() / ".cache") / "dockgen"
