"""Facts that several sources tell together, whatever a hostile file holds in place of names."""

import json
from pathlib import Path

from dockgen.catalog.facts import gather, values_of
from dockgen.project.tree import scan


def test_doubles_go_and_what_is_no_text_is_kept_apart(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text(json.dumps({"names": ["fmt", {"name": "fmt"}, ["x"], "fmt", 1, True]}))
    declared = {"names": {"sources": [{"file": "a.json", "json": "names[]"}], "merge": True}}
    facts = values_of(gather(scan(tmp_path), declared, {}))
    assert facts["names"] == ["fmt", {"name": "fmt"}, ["x"], 1, True]
