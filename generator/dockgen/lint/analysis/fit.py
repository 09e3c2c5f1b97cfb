"""Whether what one stage builds can run in the stage that copies it: languages' versions, C libraries.

Sources: the Go command's and Cargo's documentation on static linking, PEP 425 and 600 (compiled wheels), the
Java SE specification (class file versions), the distributions' release notes (glibc versions).
"""

from __future__ import annotations

import re

from dockgen.catalog.bases import Base, base_of
from dockgen.dockerfile.model import Stage
from dockgen.dockerfile.remembered import remembered
from dockgen.lint.analysis.stages import Transfer
from dockgen.lint.context import BuildContext
from dockgen.records import record
from dockgen.regexes import regex

# The second number of the glibc of a distribution's release.
_GLIBC = {
    ("debian", "10"): 28,
    ("debian", "11"): 31,
    ("debian", "12"): 36,
    ("debian", "13"): 41,
    ("ubuntu", "18.04"): 27,
    ("ubuntu", "20.04"): 31,
    ("ubuntu", "22.04"): 35,
    ("ubuntu", "24.04"): 39,
    ("rhel", "8"): 28,
    ("rhel", "9"): 34,
    ("rhel", "10"): 39,
    ("amazonlinux", "2"): 26,
    ("amazonlinux", "2023"): 34,
}
# Releases that gave functions of common use a new version: programs linked with them, or later, ask for it.
_GLIBC_STEPS = (28, 33, 34, 38)
_DISTROLESS_PYTHON = {"11": "3.9", "12": "3.11", "13": "3.13"}
_PYTHON_PATH = regex(r"site-packages|dist-packages|venv|virtualenv|\.local\b")
_NATIVE_PATHS = {
    "node_modules": regex(r"(?:^|/)node_modules(?:/|$)"),
    "Python packages": _PYTHON_PATH,
    "gems": regex(r"(?:^|/)(?:usr/local|vendor)/bundle(?:/|$)"),
}
# Licences and the like, which a tool of the building stage may have gathered.
_TEXTS = regex(
    r"(?i)licen[cs]e|third[-_]party|(?:^|/)notices?(?:/|\.|$)|/etc/(?:passwd|group|ssl|ca-certificates)|zoneinfo"
)
_GO_BUILD = regex(r"\bgo\s+(?:build|install)\b")
_STATIC = regex(
    r"CGO_ENABLED[= ][\"']?0|-static\b|crt-static|\bnetgo\b|-linux-musl|\bmuslrust\b|\bzig\b|\bxx-|\bwasm"
)
_COMPATIBLE = regex(r"\bgcompat\b|\blibc6-compat\b|\bglibc\b|\bmusl\b")
_GO_FILE = regex(r"(?:^|/)(?:[^/]+\.go|go\.mod)$")
_IMPORTS_C = regex(r'^[ \t]{0,8}(?:import[ \t]+)?"C"[ \t]*(?:$|;|//|/\*)', re.MULTILINE)
_CGO_ON = regex(r"\bCGO_ENABLED[= ][\"']?1\b")
_C_IMPORTS = regex(r'"(?:C|net|net/[\w/]{1,40}|os/user|plugin)"')
_C_COMPILER = regex(r"\b(?:gcc|build-base|musl-dev|g\+\+)\b")
_OLDER_CLASSES = regex(r"--?release\b|-source\b|maven\.compiler")


@record
class Pair:
    """A stage that builds and a stage that runs, with what is known of the bases of both.

    `sure` says that a Go program counts only where it surely calls C.
    """

    built: Base
    run: Base
    transfer: Transfer
    stage: Stage
    build: BuildContext | None = None
    sure: bool = False

    @property
    def making(self) -> str:
        """All that the building stage runs and sets."""
        return evidence(self.transfer.source)


# Asked of a stage for each install in it.
@remembered(most=256)
def evidence(stage: Stage) -> str:
    """Return all that a stage and its parents run and set, as one text to look for words in."""
    parts = [i for one in stage.lineage for i in one.instructions if i.keyword in {"RUN", "ENV", "ARG"}]
    return "\n".join([i.text for i in parts] + [heredoc.content for i in parts for heredoc in i.heredocs])


def misfit(
    transfer: Transfer, stage: Stage, build: BuildContext | None = None, *, sure: bool = False
) -> str | None:
    """Return why what is copied cannot run in the stage, None where it can or nobody knows.

    Where it has to be `sure`, nothing is said of glibc's age. Go programs, which often call none of it, count
    only where cgo is switched on by name or their code imports C.
    """
    built, run = base_of(transfer.source.base_image or ""), base_of(stage.base_image or "")
    if built is None or run is None:
        return None
    pair = Pair(built, run, transfer, stage, build, sure)
    checks = (_python, _node, _java, _library, *(() if sure else (_release,)))
    return next((reason for check in checks if (reason := check(pair))), None)


def _python(pair: Pair) -> str | None:
    here = _python_version(pair.run)
    paths = " ".join([*pair.transfer.paths, pair.transfer.destination])
    in_path = re.search(r"python(3\.\d+)/(?:site|dist)-packages", paths)
    there = in_path[1] if in_path else _python_version(pair.built)
    if not here or not there or here == there or not _PYTHON_PATH.search(paths):
        return None
    return f"packages of Python {there} are copied beside Python {here}"


def _python_version(base: Base) -> str | None:
    if base.repository.startswith("gcr.io/distroless/python3"):
        return _DISTROLESS_PYTHON.get(base.release or "")
    numbers = (base.version or "").split(".")
    return ".".join(numbers[:2]) if base.product == "python" and len(numbers) > 1 else None


def _node(pair: Pair) -> str | None:
    there, here = _major(pair.built, "nodejs"), _major(pair.run, "nodejs")
    if not there or not here or there == here:
        return None
    return f"what Node.js {there} built runs with Node.js {here}"


def _java(pair: Pair) -> str | None:
    there, here = _major(pair.built, "eclipse-temurin"), _major(pair.run, "eclipse-temurin")
    if not there or not here or there <= here or _OLDER_CLASSES.search(pair.making):
        return None
    # A stage that runs nothing compiles nothing: a tool is taken out of its image.
    if not pair.transfer.source.inherited("RUN"):
        return None
    return f"classes that Java {there} compiled do not load in Java {here}"


def _major(base: Base, product: str) -> int | None:
    first = (base.version or "").partition(".")[0]
    return int(first) if base.product == product and first.isdigit() else None


def _library(pair: Pair) -> str | None:
    there, here = pair.built.libc, pair.run.libc
    if not there or not here or there in {"none", here} or _COMPATIBLE.search(evidence(pair.stage)):
        return None
    if here == "none":
        program = _program(pair)
        return f"{program} need {there}, and this stage has no C library" if program else None
    native = (name for name, path in _NATIVE_PATHS.items() if any(map(path.search, pair.transfer.paths)))
    what = next(native, None) or _program(pair)
    return f"{what} built with {there} meet {here} in this stage" if what else None


def _program(pair: Pair) -> str | None:
    """Return what the building stage surely links with its C library, None where that is not sure."""
    text = pair.making
    if all(map(_TEXTS.search, pair.transfer.paths)):
        return None
    # A stage that starts nothing only carries files out of the build.
    if _STATIC.search(text) or not (pair.stage.inherited("ENTRYPOINT") or pair.stage.inherited("CMD")):
        return None
    if pair.built.product == "rust" and pair.built.libc == "glibc" and re.search(r"\bcargo\s+build\b", text):
        return "Rust programs"
    if re.search(r"\bmix\b[^;&|\n]{0,200}\brelease\b", text):
        return "Erlang releases"
    if pair.built.product == "go" and _GO_BUILD.search(text) and not re.search(r"GOARCH|GOOS", text):
        # Alpine's Go image has no C compiler: without one Go links statically.
        compiler = pair.built.libc == "glibc" or _C_COMPILER.search(text)
        return "Go programs" if compiler and _may_call_c(pair) else None
    return None


def _may_call_c(pair: Pair) -> bool:
    """Return whether Go code may be linked with a C library; where it has to be sure, whether it surely is.

    It is not where all code is there to read and imports nothing that calls C; surely it is where cgo is
    asked for or a file imports C. Source: https://pkg.go.dev/cmd/cgo and the packages net and os/user, which
    call it where they can.
    """
    build = pair.build
    texts = build.texts(_GO_FILE, 40) if build and not build.truncated else {}
    code = [text for path, text in texts.items() if path.endswith(".go") and not path.endswith("_test.go")]
    needs_more = any("require" in text for path, text in texts.items() if path.endswith("go.mod"))
    if code and not needs_more and not any(map(_C_IMPORTS.search, code)):
        return False
    return not pair.sure or bool(_CGO_ON.search(pair.making)) or any(map(_IMPORTS_C.search, code))


def _release(pair: Pair) -> str | None:
    there, here = (
        _GLIBC.get((base.distribution or "", base.release or "")) for base in (pair.built, pair.run)
    )
    if not there or not here or there <= here or pair.built.libc != pair.run.libc:
        return None
    if not any(here < step <= there for step in _GLIBC_STEPS):
        return None
    program = _program(pair)
    if not program or (program.startswith("Go") and "CGO_ENABLED" not in pair.making):
        return None
    return f"{program} linked with glibc 2.{there} meet glibc 2.{here} in this stage"
