"""Size by layer, operating system packages and executables of the verified image, and of one to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dockgen.verify.engine.model import BuildRequest
from dockgen.verify.filesystem import Filesystem, LayerContent, overlay, read_all
from dockgen.verify.model import ComparedImage, LayerSize, Measures
from dockgen.verify.needles import Haystack
from dockgen.verify.oci import Image
from dockgen.verify.paths import executables
from dockgen.verify.safe_text import one_line

if TYPE_CHECKING:
    from dockgen.verify.session import Session


def measure(session: Session) -> Measures:
    """Return all figures that are known when the checks have run."""
    image = session.main.image
    return Measures(
        layers=layer_sizes(image, session.layers, session.base_layers),
        steps=session.main.outcome.log.steps(),
        os_packages=len(os_packages(session.files)),
        executables=len(executables(session.files)),
        cold_seconds=session.main.outcome.seconds,
        warm_seconds=session.warm_seconds,
        warm_bytes=session.warm_bytes,
        compared=_compared(session),
    )


def layer_sizes(image: Image, contents: list[LayerContent], base_layers: int) -> tuple[LayerSize, ...]:
    """Return each layer's sizes beside the instruction that made it."""
    made = [str(entry.get("created_by", "")) for entry in image.history if not entry.get("empty_layer")]
    return tuple(
        LayerSize(
            digest=layer.digest,
            compressed=layer.size,
            unpacked=content.unpacked,
            made_by=one_line(made[number] if number < len(made) else "?"),
            from_base=number < base_layers,
        )
        for number, (layer, content) in enumerate(zip(image.layers, contents, strict=True))
    )


def os_packages(files: Filesystem) -> set[str]:
    """Return the names of installed packages as dpkg, distroless' status.d or apk record them."""
    names = set()
    for path, raw in files.kept.items():
        text = raw.decode(errors="replace")
        if path.startswith("/var/lib/dpkg/"):
            names |= {line[9:].strip() for line in text.splitlines() if line.startswith("Package: ")}
        elif path.endswith("/apk/db/installed"):
            names |= {line[2:].strip() for line in text.splitlines() if line.startswith("P:")}
    return names


def _compared(session: Session) -> ComparedImage | None:
    path = session.target.compare
    if path is None:
        return None
    archive = session.work / "compared.tar"
    request = BuildRequest(
        context=session.target.context,
        dockerfile=path,
        secrets=session.secret_files,
        build_args=session.target.build_args,
        namespace=f"{session.namespace}-compared" if session.namespace else "",
        network=session.target.network,
        ssh=session.target.ssh,
        hosts=session.target.hosts,
        no_cache=True,
        archive=archive,
    )
    built = session.build(request, f"building {path.name}, to compare")
    if not built.outcome.succeeded:
        session.say(f"{path.name} cannot be built: {one_line(built.outcome.error)}")
        return None
    contents = read_all(built.image, Haystack((), session.marker))
    files = overlay(contents)
    return ComparedImage(
        name=path.name,
        unpacked=sum(content.unpacked for content in contents),
        os_packages=len(os_packages(files)),
        executables=len(executables(files)),
        cold_seconds=built.outcome.seconds,
    )
