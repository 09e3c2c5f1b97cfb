"""Packages that Mix's bundlers find: by any package manager, and behind an organization's own authority."""

import datetime
import shutil
from pathlib import Path

from dockgen.setup.generate import Generated
from dockgen.setup.new import Request, create

CASE = Path(__file__).parents[2] / "stacks" / "elixir" / "assets-pnpm" / "project"


def _made(folder: Path, *flags: str, manifest: str = "") -> Generated:
    project = folder / "barometer"
    shutil.copytree(CASE, project)
    (project / "company.crt").write_text("-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n")
    if manifest:
        (project / "assets" / "package.json").write_text(manifest)
    request = Request(project, datetime.date(2026, 11, 1), flags=flags, yes=True, write=False)
    made = create(request).generated
    assert made.findings == ()
    return made


def _stage(made: Generated) -> str:
    return made.files["Dockerfile"].partition(" AS frontend\n")[2].partition("\nFROM ")[0]


def test_the_stage_of_node_trusts_the_certificate(tmp_path: Path) -> None:
    stage = _stage(_made(tmp_path, "ca_certificate=company.crt"))
    assert "COPY --chmod=u=rw,go=r company.crt /usr/local/share/ca-certificates/extra.crt" in stage
    assert stage.index("NODE_EXTRA_CA_CERTS") < stage.index("npm install") < stage.index("pnpm install")


def test_it_can_be_left_out(tmp_path: Path) -> None:
    assert " AS frontend" not in _made(tmp_path, "frontend=none").files["Dockerfile"]


def test_a_package_in_mix_s_own_folder_is_told(tmp_path: Path) -> None:
    made = _made(tmp_path, manifest='{"dependencies": {"phoenix": "file:../deps/phoenix"}}')
    assert any("deps/phoenix, which is not there yet" in n.message and n.strict for n in made.notices)
