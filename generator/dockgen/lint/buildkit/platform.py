"""Platforms as `--platform` takes them: `linux/arm64`, `linux/arm/v7`, `amd64`, `windows(10.0)/amd64`.

Source: https://github.com/containerd/platforms
"""

from __future__ import annotations

from dockgen.records import record
from dockgen.regexes import regex

_SYSTEMS = (
    "aix android darwin dragonfly freebsd hurd illumos ios js linux nacl netbsd openbsd plan9 solaris "
    "wasip1 windows zos"
)
_ARCHITECTURES = (
    "386 amd64 amd64p32 arm armbe arm64 arm64be loong64 mips mipsle mips64 mips64le mips64p32 mips64p32le "
    "ppc ppc64 ppc64le riscv riscv64 s390 s390x sparc sparc64 wasm"
)
_ALIASES = {
    "i386": ("386", ""),
    "x86_64": ("amd64", ""),
    "x86-64": ("amd64", ""),
    "aarch64": ("arm64", ""),
    "armhf": ("arm", "v7"),
    "armel": ("arm", "v6"),
}
_PART = regex(r"[A-Za-z0-9_.-]+")
_SYSTEM = regex(r"(?P<name>[A-Za-z0-9_-]+)(?:\([A-Za-z0-9_.%-]*(?:\+[A-Za-z0-9_.%+-]*)?\))?")


@record
class Platform:
    """An operating system and a processor architecture, by Go's names."""

    system: str
    architecture: str
    variant: str = ""

    def __str__(self) -> str:
        return f"{self.system}/{self.architecture}"


def parse(text: str) -> Platform | None:
    """Return the platform that a text names; None where the front end refuses it.

    A lone part is a system or an architecture; what is left out is that of the usual build machine.
    """
    parts = text.split("/")
    system = _SYSTEM.fullmatch(parts[0])
    if len(parts) > 3 or not system or not all(_PART.fullmatch(part) for part in parts[1:]):
        return None
    name = system["name"].lower().replace("macos", "darwin")
    if len(parts) == 1:
        return _lone(name)
    architecture, variant = _ALIASES.get(parts[1].lower(), (parts[1].lower(), ""))
    return Platform(name, architecture, parts[2].lower() if len(parts) == 3 else variant)


def _lone(name: str) -> Platform | None:
    if name in _SYSTEMS.split():
        return Platform(name, "amd64")
    architecture, variant = _ALIASES.get(name, (name, ""))
    return Platform("linux", architecture, variant) if architecture in _ARCHITECTURES.split() else None
