"""What an archive of the build context would do when ADD unpacks it.

Sources: CWE-22 (a path that leaves the folder, "zip slip") and CWE-409 (a "zip bomb"). The archive comes from
wherever it comes from, so only the headers at its beginning are read, within bounds of time and memory: xz,
whose reader takes as much memory as the archive asks for, is left out.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import tarfile

_MOST_MEMBERS = 20_000
# Bytes of content after which reading stops, and how much is too much to come out of how little.
_MOST_READ = 32 * 2**20
_LARGEST_UNPACKED = 2**30
_HIGHEST_RATIO = 200


def danger(path: Path) -> str | None:
    """Return what is dangerous in unpacking a tar archive; None where nothing was seen."""
    # Not at the top: few Dockerfiles add an archive of the build context.
    import tarfile
    import zlib

    name = path.name.lower()
    try:
        if name.endswith((".gz", ".tgz")):
            with tarfile.open(path, mode="r|gz") as archive:
                return _first_danger(archive, path.stat().st_size)
        if name.endswith(".tar"):
            with tarfile.open(path, mode="r|") as archive:
                return _first_danger(archive, path.stat().st_size)
    except (OSError, EOFError, tarfile.TarError, ValueError, zlib.error):
        return None
    return None


def _first_danger(archive: tarfile.TarFile, packed: int) -> str | None:
    unpacked = 0
    for number, member in enumerate(archive):
        read, unpacked = unpacked, unpacked + member.size
        if unpacked > _LARGEST_UNPACKED and unpacked > packed * _HIGHEST_RATIO:
            return f"unpacks to more than {unpacked // 2**30} GiB out of {packed // 1024} KiB"
        if ".." in PurePosixPath(member.name).parts:
            return f"holds the path {member.name!r}, which leaves the folder"
        if member.issym() and _leads_out(member):
            return f"holds the link {member.name!r} to {member.linkname!r}, which leaves the folder"
        if read > _MOST_READ or number > _MOST_MEMBERS:
            return None
    return None


def _leads_out(member: tarfile.TarInfo) -> bool:
    """Return whether a relative link climbs above the archive's top; an absolute one stays in the image."""
    if member.linkname.startswith("/"):
        return False
    depth = 0
    for part in (PurePosixPath(member.name).parent / member.linkname).parts:
        depth += -1 if part == ".." else 1
        if depth < 0:
            return True
    return False
