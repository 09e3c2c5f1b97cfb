"""No canary is in the exported build cache, which holds the layers of all stages."""

from __future__ import annotations

from datetime import datetime

from dockgen.counting import counted
from dockgen.verify.filesystem import read_layer
from dockgen.verify.layout import DirectoryLayout, read_blob, read_json
from dockgen.verify.model import Check, CheckResult
from dockgen.verify.oci import Layer, layers_of, listing, mapping
from dockgen.verify.safe_text import one_line
from dockgen.verify.session import Session

CACHE = Check("leak-cache", 5)
CHECKS = (CACHE,)
ORDER = 13


def run(session: Session) -> list[CheckResult]:
    """Search every layer of every stage that this run made, and the cache's own config."""
    folder = session.main.request.cache
    if folder is None:
        return [CACHE.skipped(f"{session.engine.name} exports no build cache")]
    if not (folder / "index.json").exists():
        return [
            CACHE.skipped("the engine exported no build cache: its own limit may have emptied it meanwhile")
        ]
    session.say("reading the exported build cache")
    layout = DirectoryLayout(folder)
    # The cache also holds the image's own layers, which another check judges.
    known = {hit for content in session.layers for hit in content.found}
    faults: list[str] = []
    read = 0
    for entry in [mapping(item) for item in listing(layout.index().get("manifests"))]:
        digest = str(entry.get("digest"))
        with layout.open(digest) as stream:
            layers = layers_of(read_json(stream, "cache manifest"))
        for layer in layers:
            if "tar" not in layer.media_type:
                hits = session.haystack.search(read_blob(layout, layer.digest))
                faults += [f"{hit} in the cache's config" for hit in hits]
            elif not _older(layer, session.main.began):
                found = read_layer(layout, layer, 0, session.haystack).found
                faults += [
                    f"{hit}, cached layer {layer.digest[7:19]}"
                    for hit in dict.fromkeys(found)
                    if hit not in known
                ]
                read += 1
    faults = [one_line(fault) for fault in dict.fromkeys(faults)]
    good = f"no canary in {counted(read, 'cached layer')} of all stages"
    return [CACHE.judged(faults, "a secret is in the exported build cache", good)]


def _older(layer: Layer, began: float) -> bool:
    """Say whether the layer was made before the canaries were: base images need no search."""
    try:
        return datetime.fromisoformat(layer.created).timestamp() < began - 60
    except ValueError:
        return False
