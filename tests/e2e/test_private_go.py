"""A private Go module from a server with its own authority, fetched with a netrc file, as generated."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dockgen.verify.model import Evidence, Status
from e2e.generating import generate
from e2e.private_modules import NAME, PrivateModules
from e2e.test_apps import APPS
from e2e.test_generated import PROVEN


@pytest.mark.usefixtures("engine")
def test_a_private_module_comes_by_netrc_and_all_promises_are_kept(
    run_verify: Callable[..., Evidence], tmp_path: Path
) -> None:
    if not shutil.which("openssl"):
        pytest.skip("openssl is not installed, which makes the server's certificate")
    try:
        with PrivateModules(folder=tmp_path) as modules:
            source = shutil.copytree(APPS / "go-api", tmp_path / "source")
            (source / "certs").mkdir()
            shutil.copyfile(modules.certificate, source / "certs" / "acme.crt")
            answers = {"private_modules": NAME, "ca_certificate": "certs/acme.crt"}
            project = generate(source, tmp_path / "api", answers)
            evidence = run_verify(
                project,
                secrets={"netrc": modules.netrc.encode()},
                network="host",
                hosts=(f"{NAME}:{modules.host}",),
            )
    except PermissionError:
        pytest.skip("only root may listen on port 443")
    assert [(result.id, result.message, result.evidence) for result in evidence.failed] == []
    status = {result.id: result.status for result in evidence.results}
    assert {name for name in PROVEN | {"reproducible"} if status[name] is not Status.PASSED} == set()
    assert modules.served
    assert modules.refused
