"""The port of a database or broker in the settings is not taken for the application's own."""

from pathlib import Path

import pytest

from dockgen.catalog.loading import documents
from dockgen.resources import bundled
from dockgen.setup.survey import survey

# Of each stack a file that names the port of something.
FILES = {
    "bun": ("src/store.ts", "export const store = {{ host: 'db', port: {port} }};\n"),
    "clojure": ("resources/store.edn", "{{:db {{:port {port}}}}}\n"),
    "cpp": ("src/store.cpp", "constexpr int store_port = {port};\n"),
    "dart": ("lib/store.dart", "final store = Store(port: {port});\n"),
    "deno": ("store.ts", "export const store = {{ host: 'db', port: {port} }};\n"),
    "elixir": ("config/prod.exs", "import Config\nconfig :tide, port: {port}\n"),
    "erlang": ("config/sys.config", "[{{tide, [{{port, {port}}}]}}].\n"),
    "go": ("store.go", "package main\n\nconst dbPort = {port}\n"),
    "haskell": ("app/Db.hs", "module Db where\nport = {port}\n"),
    "java": ("src/main/java/Store.java", "class Store {{\n  int port = {port};\n}}\n"),
    "julia": ("src/store.jl", 'store = connect(host = "db", port = {port})\n'),
    "node": ("db.js", "export const store = {{ host: 'db', port: {port} }};\n"),
    "perl": ("store.conf", "{{ port => {port} }}\n"),
    "rust": ("src/store.rs", "let port = {port};\n"),
    "scala": ("src/main/scala/Db.scala", "object Store {{ val port = {port} }}\n"),
    "swift": ("Sources/App/Store.swift", 'let store = Endpoint(host: "db", port: {port})\n'),
}
OTHERS = documents(bundled("stacks") / "data" / "service-ports.yaml", 1)[0]["ports"]


def told(stack: str, port: str, folder: Path) -> bool:
    name, text = FILES[stack]
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text.format(port=port))
    facts = survey(folder, stack).facts
    return any(port in str(facts[name].value) for name in ("port", "ports", "code_port") if name in facts)


@pytest.mark.parametrize("stack", sorted(FILES))
def test_a_database_s_port_is_none_of_the_application(stack: str, tmp_path: Path) -> None:
    assert not told(stack, "5432", tmp_path)
    assert told(stack, "15432", tmp_path)


@pytest.mark.parametrize("port", OTHERS)
def test_other_services_have_ports_of_their_own_too(port: str, tmp_path: Path) -> None:
    assert not told("node", port, tmp_path)


@pytest.mark.parametrize("port", ["8086", "9000", "9090"])
def test_a_port_that_applications_take_as_well_may_be_theirs(port: str, tmp_path: Path) -> None:
    assert told("node", port, tmp_path)
