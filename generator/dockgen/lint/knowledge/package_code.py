"""Which package managers' commands run code that came with the packages."""

from __future__ import annotations

from dockgen.lint.knowledge.steps import Step

_INSTALLS = {"install", "ci", "i", "add", "update", "upgrade", "rebuild", "clean-install", "sync"}
# What switches the packages' own code off, by program.
_OFF = {
    "npm": ("--ignore-scripts",),
    "pnpm": ("--ignore-scripts", "fetch"),
    "yarn": ("--ignore-scripts", "--mode=skip-build"),
    "bun": ("--ignore-scripts",),
    # --no-build is what uv's own `uv pip` says.
    "pip": ("--only-binary", "--only-binary=:all:", "--no-build"),
    "pip3": ("--only-binary", "--only-binary=:all:"),
    "uv": ("--no-build", "--only-binary", "--only-binary=:all:"),
    "poetry": ("--no-build",),
    "composer": ("--no-scripts",),
}
# The same by a variable before the command, with any value but these.
_OFF_VARIABLES = {
    "npm": "npm_config_ignore_scripts",
    "pip": "PIP_ONLY_BINARY",
    "pip3": "PIP_ONLY_BINARY",
    "poetry": "POETRY_INSTALLER_ONLY_BINARY",
    "uv": "UV_NO_BUILD",
}
_FALSE = {"", "0", "false", "no", ":none:"}
_BUILDERS = {
    "bundle": "bundle cache fetches without building", "cargo": "cargo fetch fetches without building",
    "go": "go mod download fetches without building",
    "make": "fetch in a step of its own",
    # mix.exs and rebar.config of what is fetched are read as code; their plugins and hooks run when building.
    "mix": "mix deps.get fetches without building", "rebar3": "rebar3 get-deps fetches without building",
}  # fmt: skip
_BUILDS = {
    "bundle": {"install"}, "cargo": {"build", "install", "test", "run"}, "go": {"generate", "test", "run"},
    "make": None,
    "mix": {"deps.compile", "compile", "release", "test", "escript.build", "do"},
    "rebar3": {"compile", "release", "tar", "escriptize", "ct", "eunit"},
}  # fmt: skip


def runs_package_code(step: Step) -> str | None:
    """Return how to keep the packages' code from running; None where a command does not let it run."""
    texts = [arg.text for arg in step.args]
    name, texts = _behind_python(step.name, texts)
    if name in _OFF:
        installs = any(text in _INSTALLS for text in texts[:2]) or (name == "yarn" and not texts)
        off = any(text in _OFF[name] for text in texts) or _off_by_variable(name, step)
        return None if not installs or off else f"use {_OFF[name][0]}"
    if name == "rebar3" and texts[:1] == ["as"]:
        # Profiles come before the command: `rebar3 as prod get-deps`.
        texts = texts[2:]
    if name in _BUILDS:
        commands = _BUILDS[name]
        return _BUILDERS[name] if commands is None or any(text in commands for text in texts[:2]) else None
    return None


def _off_by_variable(name: str, step: Step) -> bool:
    wanted = _OFF_VARIABLES.get(name)
    return any(variable == wanted and value.lower() not in _FALSE for variable, value in step.variables)


def _behind_python(name: str, texts: list[str]) -> tuple[str, list[str]]:
    if name in {"python", "python3", "uv"} and "pip" in texts[:2]:
        return "pip", texts[texts.index("pip") + 1 :]
    return name, texts
