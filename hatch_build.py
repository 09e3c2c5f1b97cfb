"""What a wheel carries besides files of the checkout: the YAML data, parsed."""

from __future__ import annotations

import json
import tempfile
from pathlib import Path
from typing import Any

import yaml
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class ParsedData(BuildHookInterface[Any]):
    """Puts `NAME.yaml.jsonl` beside each NAME.yaml: its size in bytes, then a line for each document.

    Parsing YAML takes as long as all else in a short run, and where dockgen is installed for each run, as
    in CI, nothing is kept from an earlier one. What JSON cannot say is left to the YAML.
    """

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Write the files into a folder that is there until the wheel is built."""
        if version == "editable":
            return
        self._folder = tempfile.TemporaryDirectory()
        for path in sorted(Path(self.root, "stacks").rglob("*.yaml")):
            name = f"{path.relative_to(self.root).as_posix()}.jsonl"
            made = Path(self._folder.name, name.replace("/", "-"))
            lines = [path.stat().st_size, *yaml.load_all(path.read_text("utf-8"), Loader=yaml.SafeLoader)]
            written = [json.dumps(line) for line in lines]
            if [json.loads(line) for line in written] == lines:
                made.write_text("\n".join(written), "utf-8", newline="\n")
                build_data["force_include"][str(made)] = f"dockgen/_data/{name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:  # noqa: ARG002
        """Remove the folder."""
        if version != "editable":
            self._folder.cleanup()
