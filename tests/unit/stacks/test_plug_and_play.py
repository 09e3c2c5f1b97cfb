"""Node.js by Yarn's Plug'n'Play: where the project chose it and nothing in the way needs node_modules."""

from pathlib import Path

import pytest

from unit.stacks.changed_cases import changed_case

PNP = "node/yarn-pnp-koa"


def _manifest(extra: str) -> str:
    return f'{{"name": "bollards", "main": "lib/index.js", "dependencies": {{"koa": "3.0.1"}}{extra}}}'


def test_only_what_runs_is_in_the_image(tmp_path: Path) -> None:
    text = changed_case(tmp_path, PNP, {}).files["Dockerfile"]
    assert "node_modules" not in text
    assert 'grep -qF "$archive" .pnp.cjs' in text
    assert '"--require", "/app/.pnp.cjs", "lib/index.js"' in text


def test_modules_get_the_loader(tmp_path: Path) -> None:
    made = changed_case(tmp_path, PNP, {"package.json": _manifest(', "type": "module"')})
    assert "file:///app/.pnp.loader.mjs" in made.plan.entrypoint
    assert "/app/.pnp.loader.mjs ./" in made.files["Dockerfile"]
    settings = "nodeLinker: pnp\npnpEnableEsmLoader: false\n"
    made = changed_case(tmp_path / "off", PNP, {".yarnrc.yml": settings})
    assert "loader" not in made.files["Dockerfile"]


def test_committed_packages_are_taken_as_they_are(tmp_path: Path) -> None:
    text = changed_case(tmp_path, "node/yarn-zero-install", {}).files["Dockerfile"]
    assert "COPY --chmod=u=rwX,go=rX .yarn/cache/ .yarn/cache/" in text


@pytest.mark.parametrize("linker", ["node-modules", "pnpm"])
def test_who_chose_node_modules_gets_them(linker: str, tmp_path: Path) -> None:
    text = changed_case(tmp_path, PNP, {".yarnrc.yml": f"nodeLinker: {linker}\n"}).files["Dockerfile"]
    assert "YARN_NODE_LINKER=node-modules" in text
    assert ".pnp." not in text


def test_a_package_with_an_install_script_needs_node_modules(tmp_path: Path) -> None:
    lock = '__metadata:\n  version: 8\n\n"bcrypt@npm:6.0.0":\n  version: 6.0.0\n'
    files = {
        "yarn.lock": lock,
        "package.json": '{"name": "b", "main": "lib/index.js", "dependencies": {"bcrypt": "6.0.0"}}',
    }
    assert "YARN_NODE_LINKER=node-modules" in changed_case(tmp_path, PNP, files).files["Dockerfile"]
    forced = changed_case(tmp_path / "forced", PNP, files, "pnp=true")
    assert any("no install script is run" in notice.message and notice.strict for notice in forced.notices)


def test_extensions_that_the_build_does_not_see_are_told(tmp_path: Path) -> None:
    settings = "nodeLinker: pnp\npackageExtensions:\n  'koa@*':\n    dependencies:\n      ms: '*'\n"
    made = changed_case(tmp_path, PNP, {".yarnrc.yml": settings})
    assert any("packageExtensions" in notice.message and notice.strict for notice in made.notices)
