"""Rust: what a package takes from its workspace."""

import datetime
from pathlib import Path

import pytest

from dockgen.errors import AnswerError
from dockgen.setup.new import Request, create
from unit.stacks.changed_cases import changed_case

CARGO = """[workspace.package]
license = "AGPL-3.0-only"
description = "Where the tide stands"
authors = ["Ada <ada@example.com>"]
repository = "https://github.com/example/tides"

[workspace]
members = []

[package]
name = "tides"
version = "1.0.0"
license.workspace = true
description.workspace = true
authors = { workspace = true }
repository.workspace = true

[dependencies]
clap = "4"
"""


def test_what_a_package_takes_from_its_workspace_is_known(tmp_path: Path) -> None:
    made = changed_case(tmp_path, "rust/cli-no-lock", {"Cargo.toml": CARGO})
    labels = {
        name: made.resolution.answers[name].value for name in ("licenses", "description", "authors", "source")
    }
    assert labels == {
        "licenses": "AGPL-3.0-only",
        "description": "Where the tide stands",
        "authors": "Ada <ada@example.com>",
        "source": "https://github.com/example/tides",
    }


@pytest.mark.parametrize("written", ["MIT/Apache-2.0", "MIT / Apache-2.0", "MIT OR Apache-2.0"])
def test_cargos_older_way_to_name_two_licences_is_spdx_in_the_label(written: str, tmp_path: Path) -> None:
    text = CARGO.replace("license.workspace = true", f'license = "{written}"')
    made = changed_case(tmp_path, "rust/cli-no-lock", {"Cargo.toml": text})
    assert made.resolution.answers["licenses"].value == "MIT OR Apache-2.0"


def test_of_a_workspaces_programs_cargos_default_is_taken(tmp_path: Path) -> None:
    members = 'members = ["crates/tides", "crates/ebbs"]\n'
    files = {"Cargo.toml": f"[workspace]\n{members}"}
    for name in ("tides", "ebbs"):
        files[f"crates/{name}/Cargo.toml"] = f'[package]\nname = "{name}"\nversion = "1.0.0"\n'
        files[f"crates/{name}/src/main.rs"] = "fn main() {}\n"
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    request = Request(tmp_path, datetime.date(2026, 11, 1), yes=True, write=False)
    with pytest.raises(AnswerError, match="Which program"):
        create(request)
    (tmp_path / "Cargo.toml").write_text(f'[workspace]\n{members}default-members = ["./crates/ebbs/"]\n')
    assert create(request).generated.resolution.answers["program"].value == "ebbs"


@pytest.mark.parametrize(
    ("code", "port"),
    [
        ("let key = [0, 0, 0, 0, 0, 248, 123];\n", 8080),
        ("let a = SocketAddr::from(([0, 0, 0, 0], 4100));\n", 4100),
        ("let a = SocketAddr::from(([127, 0, 0, 1], 4100));\n", 4100),
        ("let a = (Ipv4Addr::new(0, 0, 0, 0), 4100);\n", 4100),
    ],
)
def test_numbers_of_a_key_are_no_port(code: str, port: int, tmp_path: Path) -> None:
    source = f"use std::net::TcpListener;\nfn main() {{\n    {code}    TcpListener::bind(a);\n}}\n"
    made = changed_case(tmp_path, "rust/cli-no-lock", {"src/main.rs": source}, "framework=server")
    assert made.plan.port == port
