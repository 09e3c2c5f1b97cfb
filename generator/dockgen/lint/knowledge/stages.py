"""What a stage is for: shipped, started, or only built in."""

from __future__ import annotations

import re
from itertools import pairwise

from dockgen.catalog.bases import Base, base_of
from dockgen.dockerfile.model import Dockerfile, Instruction, Stage
from dockgen.dockerfile.remembered import remembered
from dockgen.lint.knowledge.heads import is_for_work
from dockgen.records import replace
from dockgen.regexes import regex

_WORKSHOP = regex(
    r"(?i)(^|[/._-])(dev|devel|develop|development|devcontainer|debug|tests?|testing|bats|e2e|ci|lint|linter|bench|"
    r"benchmark|fuzz|fuzzing|fuzzer|sandbox|playground|dredd|examples?|tilt|gitpod|codespaces?|toolchain|builder)([/._-]|$)"
)
# What it says beside the command of what the container does.
_DEVELOPS = regex(
    r"(?i)\b(?:run|runs|start|starts|in) (?:the |an? )?(?:app in )?dev(?:elopment)? (?:mode|server)\b"
)
_DEV_SETTING = regex(r"(?:^|_)(?:ENV|ENVIRONMENT)$")
_DEV_COMMANDS = regex(r"(?:start:|serve:)?dev(?:elop)?|runserver_plus|start:debug")
_RUNNERS = frozenset({"npm", "yarn", "pnpm", "bun", "next", "nuxt", "vite", "turbo"})
# An image that the author's own instructions name after what it does.
_LINE = 400
_NAMED_BUILDER = regex(
    r"\bdocker\s+(?:build\b.{0,200}?\s(?:-t|--tag)[ =]|run\b.{0,200}?(?<!--name)(?<!--network)\s)"
    r"[\w./][\w./-]{0,80}-(?:builder|compiler|toolchain)\b"
)
# What serves the project's own work by customs of many projects, whatever lies below; faults to look into.
_OWN_TOOLS = regex(r"(^|/)(?:hack|\.sail|\.devcontainer|(?:[\w-]{1,80}-)?repro(?:duction)?)/")
# Form builders, page builders and the like listen; what builds images does not.
_PRODUCT = regex(r"(?i)(?<=[a-z\d])[-_]builder/")
# Only as part of a file's or stage's name: folders called build or docs hold images of all kinds.
_WORKSHOP_NAME = regex(r"(?i)(^|[._-])(build|check|docs?|make|tools?|integration)([._-]|$)")
_BUILD_WORD = regex(
    r"(?i)^(?:(?:build|make|compile|test|pytest|lint|check|bench)(?:[._-].*)?|package(?:\.\w{1,10})?)$"
)
# They serve or run the folder that a build has made: serve -s build, node build.
_OUTPUT = "build"
_SERVE_OUTPUT = frozenset(
    {"node", "nodejs", "serve", "http-server", "static-web-server", "sirv", "pm2", "pm2-runtime"}
)
# Started alone, they wait for a person or for the command of whoever starts the container.
_PROMPTS = frozenset({
    "sh", "bash", "ash", "dash", "zsh", "fish", "irb", "ghci", "erl", "iex", "jshell", "lua", "julia", "R",
    "python", "python3", "node", "php", "swift", "utop", "ocaml", "sbcl", "clj", "groovysh", "pwsh", "cmd",
    "powershell",
})  # fmt: skip
_INITS = frozenset({"tini", "dumb-init", "catatonit"})
# They do nothing, compare or pack: such an image carries files that others copy out of it, or is a check.
_COMPARING = frozenset({"cmp", "diff"})
_PACKING = frozenset({"zip", "tar", "cp", "rsync"})
_IDLE = _COMPARING | _PACKING | {"true", "false", "echo", "cat"}
_WAITING = frozenset({("sleep", "infinity"), ("tail", "-f", "/dev/null")})
_PROMPT_OPTIONS = frozenset({"-l", "-i", "-a", "--login", "--no-save", "-v", "--version"})
# Programs that build, as the image's own command; with these words behind them they start something.
_BUILD_PROGRAMS = frozenset({
    "mvn", "gradle", "cargo", "go", "rustc", "gcc", "clang", "ghc", "stack", "cabal", "sbt", "lein", "bazel",
    "cmake", "ninja", "javac", "tsc", "webpack", "composer", "packer",
})  # fmt: skip
_STARTING = regex(r"(?i)run|start|exec|serve|server|\S*:(run|start|exec|java|dev)|bootRun")
# Where people write and run code of their own.
_WORKPLACES = regex(
    r"jupyter([-_]?(lab|notebook))?|jupyterhub-singleuser|start-notebook(\.\w+)?|start-singleuser(\.\w+)?|"
    r"code-server|openvscode-server|rserver|rstudio-server|theia"
)
# A screen for whoever works in the container.
_DESKTOP = regex(r"\b(?:x11vnc|tigervnc|tightvncserver|xfce4|novnc|gnome-session)\b")
# They make their kernels with the compiler of the image they run in.
# Varnish compiles its configuration, a VCL file, when it starts.
_JUST_IN_TIME = regex(r"(?i)(?<![\w-])(triton|vllm|sglang|deepspeed|flashinfer|varnishd)(?![\w-])")
# It links with the C compiler what it compiles while the application runs.
_TOOLCHAIN_LATER = regex(r"\brustup (?:show|default)\b")
_TORCH = regex(r"(?i)(?<![a-z])(torch|pytorch|flash[-_]attn|flash[-_]attention)(?![a-z])")
_GPU_BASE = regex(r"(?i)\b(cuda|rocm)\b")
# Labels of images that OpenShift or buildpacks build applications with.
_BUILDER_LABELS = ("io.openshift.s2i.scripts-url", "io.openshift.s2i.assemble", "io.buildpacks.")


def is_workshop(dockerfile: Dockerfile, *, by_stage: bool = True) -> bool:
    """Return whether the image is one to develop, test or build in: by path, stage or what it starts.

    `by_stage` counts the last stage's name: `docker build` may make one for development by mistake.
    """
    final = dockerfile.final_stage
    name = (final.name if final and by_stage else None) or ""
    return bool(_WORKSHOP.search(name) or _WORKSHOP_NAME.search(name)) or _is_workshop(dockerfile)


def is_own_tool(path: str) -> bool:
    """Return whether the file serves those who work on the project: hack/, .devcontainer/, repro/."""
    return _OWN_TOOLS.search(path) is not None


# A dozen rules ask it of the same file.
@remembered(most=256)
def _is_workshop(dockerfile: Dockerfile) -> bool:
    """Return whether it is one by all but the last stage's name."""
    path = "/".join(dockerfile.path.replace("\\", "/").split("/")[-2:])
    final = dockerfile.final_stage
    if final and final.inherited("EXPOSE"):
        path = _PRODUCT.sub("/", path)
    if _WORKSHOP.search(path) or _WORKSHOP_NAME.search(path.rpartition("/")[2]):
        return True
    if is_own_tool(dockerfile.path) or (final and (_builds(final) or _develops(final, dockerfile))):
        return True
    if any(_NAMED_BUILDER.search(one.text[:_LINE]) for one in dockerfile.comments):
        return True
    return is_for_work(dockerfile)


def _develops(stage: Stage, dockerfile: Dockerfile) -> bool:
    """Return whether a container of the stage serves its author while he writes the program.

    Its environment says so, its command, or a comment right above that command.
    """
    settings = {key.text: value for one in stage.inherited("ENV") for key, value in one.pairs}
    if any(
        _DEV_SETTING.search(name) and value and value.text.strip("\"'").lower() in {"development", "dev"}
        for name, value in settings.items()
    ):
        return True
    words = start_words(stage)
    if not _RUNNERS.isdisjoint(words) and any(map(_DEV_COMMANDS.fullmatch, words)):
        return True
    starts = [one for key in ("ENTRYPOINT", "CMD") for one in stage.inherited(key)[-1:]]
    above = {one.span.start.line - 1 for one in starts}
    return any(one.span.start.line in above and _DEVELOPS.search(one.text) for one in dockerfile.comments)


def _builds(stage: Stage) -> bool:
    words = start_words(stage)
    tasks = [word for word in words[:3] if word != _OUTPUT or _SERVE_OUTPUT.isdisjoint(words[:2])]
    if any(map(_BUILD_WORD.search, tasks)) or any(map(_WORKPLACES.fullmatch, words[:4])):
        return True
    if words and words[0] in _BUILD_PROGRAMS and not any(map(_STARTING.fullmatch, words[1:])):
        return True
    if ("git", "clone") in pairwise(words):
        return True
    if any(_DESKTOP.search(one.text) for one in stage.inherited("RUN")):
        return True
    return any(label in one.text for one in stage.inherited("LABEL") for label in _BUILDER_LABELS)


def compiles_at_run_time(stage: Stage) -> bool:
    """Return whether the stage has a library that calls the C compiler or nvcc while it runs, or rustup."""
    texts = [one.text for keyword in ("RUN", "COPY", "CMD", "ENTRYPOINT") for one in stage.inherited(keyword)]
    on_gpu = _GPU_BASE.search(stage.base_image or "") is not None
    if any(map(_TOOLCHAIN_LATER.search, texts)):
        return True
    return any(map(_JUST_IN_TIME.search, texts)) or (on_gpu and any(map(_TORCH.search, texts)))


def start_words(stage: Stage) -> list[str]:
    """Return the words of the ENTRYPOINT and the CMD in force, without folders."""
    last = [stage.inherited(keyword)[-1:] for keyword in ("ENTRYPOINT", "CMD")]
    words = (part for found in last for one in found for word in one.words for part in word.text.split())
    return [word.rpartition("/")[2] for word in words]


def shipped(dockerfile: Dockerfile) -> tuple[Stage, ...]:
    """Return the stages whose layers are the image built by default: the final one and its parents."""
    final = dockerfile.final_stage
    return final.lineage if final else ()


def products(dockerfile: Dockerfile, targets: frozenset[str]) -> tuple[Dockerfile, ...]:
    """Return the file once for each image that is made of it: the last stage, and what builds name and run.

    A last stage to develop or test in is none where builds name others.
    """
    named = {stage.index: stage for target in targets if (stage := dockerfile.stage(target))}
    others = [
        index
        for index, stage in sorted(named.items())
        if stage is not dockerfile.stages[-1] and is_started(stage) and not _WORKSHOP.search(stage.name or "")
    ]
    whole = () if others and _WORKSHOP.search(dockerfile.stages[-1].name or "") else (dockerfile,)
    return (*whole, *(replace(dockerfile, target=index) for index in others))


def base_of_stage(stage: Stage) -> Base | None:
    """Return what is known of the image at the root of a stage."""
    return base_of(stage.base_image) if stage.base_image else None


@remembered(most=1024)
def is_started(stage: Stage) -> bool:
    """Return whether the file itself says what a container of this stage runs.

    A shell or a language's prompt is no work of the image's own: such an image is a base for others.
    """
    return bool(stage.inherited("CMD") or stage.inherited("ENTRYPOINT")) and not _is_prompt(stage)


def _is_prompt(stage: Stage) -> bool:
    """Whether the command is a prompt; an entry point before it prepares for what is given instead."""
    last = stage.inherited("CMD")[-1:] or stage.inherited("ENTRYPOINT")[-1:]
    words = [part.strip("\"'[],") for one in last for word in one.words for part in word.text.split()]
    if words and words[0].rpartition("/")[2] in _INITS:
        words = [word for word in words[1:] if not word.startswith("-")] or ["sh"]
    program = words[0].rpartition("/")[2] if words else ""
    waits = (program, *words[1:]) in _WAITING or program in _IDLE
    return waits or program == "sleep" or (program in _PROMPTS and set(words[1:]) <= _PROMPT_OPTIONS)


def only_compares(instruction: Instruction) -> bool:
    """Return whether a CMD or ENTRYPOINT compares files and ends: a check that nobody stops."""
    words = [part.strip("\"'[],") for word in instruction.words for part in word.text.split()]
    return bool(words) and words[0].rpartition("/")[2] in _COMPARING


def is_for_tests(stage: Stage) -> bool:
    """Return whether a stage's name says that it tests, checks or serves development."""
    return bool(stage.name and _WORKSHOP.search(stage.name))


def is_windows(dockerfile: Dockerfile, stage: Stage) -> bool:
    """Return whether the image is one of Windows: by base, shell, escape character or name."""
    shells = " ".join(one.text for one in stage.inherited("SHELL")).lower()
    named = re.search(r"(?i)windows|nanoserver|servercore", f"{stage.base_image or ''} {dockerfile.path}")
    return dockerfile.escape == "`" or bool(named) or "powershell" in shells or '"cmd' in shells


def is_export(stage: Stage) -> bool:
    """Return whether the stage only carries files: from scratch, and nothing that runs."""
    return stage.base_image == "scratch" and not (stage.inherited("CMD") or stage.inherited("ENTRYPOINT"))


def runs_something(stage: Stage) -> bool:
    """Return whether a container of this stage does work: by the file, or as a server is its base."""
    base = base_of_stage(stage)
    return is_started(stage) or bool(base and base.role == "server")
