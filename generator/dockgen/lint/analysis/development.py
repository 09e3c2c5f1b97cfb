"""Which installs bring packages that only development needs, and whether they are taken away again.

Sources: the documentation of npm (omit), Yarn, pnpm (--prod), Bun, Composer (--no-dev), Poetry (--only),
uv (--no-dev) and Bundler (BUNDLE_WITHOUT).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dockgen.dockerfile.model import Dockerfile, Instruction, Stage
from dockgen.lint.analysis.fit import evidence
from dockgen.lint.analysis.managers import operands
from dockgen.lint.analysis.runs import calls
from dockgen.lint.analysis.stages import Transfer, transfers
from dockgen.records import record
from dockgen.regexes import regex


@record
class Tool:
    """One package manager: its install commands, and the options and settings that leave development out."""

    program: str
    subcommands: frozenset[str]
    manifest: str
    production: re.Pattern[str]
    settings: re.Pattern[str]
    bare: bool = False


# NODE_ENV may take its value from an argument's default.
_NODE = (
    r"NODE_ENV[= ][\"']?production|"
    r"\b(?P<name>\w{1,60})=[\"']?production\b[\s\S]{0,2000}?NODE_ENV[= ][\"']?\$\{?(?P=name)\b|"
    r"NPM_CONFIG_(?:OMIT|PRODUCTION|ONLY)|omit[= ]dev"
)
_TOOLS = tuple(
    Tool(program, frozenset(subcommands.split()), manifest, regex(production), regex(settings), bare)
    for program, subcommands, manifest, production, settings, bare in (
        (
            "npm",
            "ci install i clean-install",
            "package.json",
            r"--omit|--production|--only|--prod|-g|--global",
            _NODE,
            False,
        ),
        ("yarn", "install", "package.json", r"--prod|--production|--version|--cwd", _NODE, True),
        ("pnpm", "install i", "package.json", r"--prod|-P|--production|-g|--global|--dev|-D", _NODE, False),
        ("bun", "install i", "package.json", r"--production|-p|-g|--global", _NODE, False),
        ("composer", "install", "composer.json", r"--no-dev", r"COMPOSER_NO_DEV", False),
        (
            "poetry",
            "install",
            "pyproject.toml",
            r"--only|--without|--no-dev|--no-default-groups",
            r"POETRY_WITHOUT",
            False,
        ),
        (
            "uv",
            "sync",
            "pyproject.toml",
            r"--no-dev|--no-default-groups|--only-group|--no-group",
            r"UV_NO_DEV",
            False,
        ),
        ("bundle", "install", "Gemfile", r"--without", r"BUNDLE_WITHOUT|\bwithout\b|BUNDLE_ONLY", True),
    )
)
_MODULES = regex(r"(?:^|/)node_modules/?$")
PROGRAMS = regex(rf"\b(?:{'|'.join(one.program for one in _TOOLS)})\b")
_PRUNED = regex(
    r"\b(?:npm|pnpm)\s+prune\b|\bomit[= ]dev\b|--prod(?:uction)?\b|\bworkspaces\s+focus\b|\bpruner?\b|"
    r"--no-dev\b|\bpnpm\b[^\n;&|]{0,80}\bdeploy\b|\brm\s[^\n;&|]{0,200}node_modules|\bclean-modules\b"
)


def development_install(words: Sequence[str], settings: str) -> Tool | None:
    """Return the tool whose command installs development's packages too, None for any other command."""
    program = words[0].rpartition("/")[2] if words else ""
    tool = next((one for one in _TOOLS if one.program == program), None)
    if tool is None or tool.settings.search(settings):
        return None
    if any(tool.production.fullmatch(word.partition("=")[0]) for word in words[1:]):
        return None
    places = operands(words)
    if not places:
        return tool if tool.bare else None
    return tool if len(places) == 1 and words[places[0]] in tool.subcommands else None


@record
class Install:
    """One install of a stage that brings development's packages."""

    stage: Stage
    instruction: Instruction
    tool: Tool


def installs(stage: Stage) -> Iterator[Install]:
    """Yield the stage's own installs that bring development's packages."""
    for instruction in stage.instructions:
        for call in calls(instruction, PROGRAMS):
            if call.certain and not call.elsewhere:
                tool = development_install(call.words, call.settings)
                if tool and not tool.settings.search(evidence(stage)):
                    yield Install(stage, instruction, tool)
                    break


def copied(dockerfile: Dockerfile, transfer: Transfer, depth: int = 5) -> Install | None:
    """Return the install behind a copied node_modules, None where there is none or it was pruned."""
    if depth == 0 or not any(map(_MODULES.search, transfer.paths)) or is_pruned(transfer.source):
        return None
    for stage in transfer.source.lineage:
        own = [one for one in installs(stage) if one.tool.manifest == "package.json"]
        if own:
            return own[-1]
        before = (copied(dockerfile, one, depth - 1) for one in transfers(dockerfile, stage))
        found = next((one for one in before if one), None)
        if found:
            return found
    return None


def is_pruned(stage: Stage) -> bool:
    """Return whether something in a stage leaves development's packages out later."""
    return bool(_PRUNED.search(evidence(stage)))
