"""A database's port in the settings is not taken for the application's own."""

from pathlib import Path

import pytest

from unit.stacks.changed_cases import changed_case

# Of each stack a case and a file of it that names nothing but the port of PostgreSQL, MySQL or Redis.
FILES = {
    "bun/hono": ("src/store.ts", "export const store = { host: 'db', port: 5432 };\n"),
    "elixir/tide-server": ("config/prod.exs", "import Config\nconfig :tide, port: 5432\n"),
    "haskell/scotty-frozen": ("app/Db.hs", "module Db where\nport = 5432\n"),
    "julia/http-package": ("src/store.jl", 'store = connect(host = "db", port = 5432)\n'),
    "node/koa-yarn": ("db.js", "export const store = { host: 'db', port: 5432 };\n"),
    "perl/mojo-carton": ("store.conf", "{ port => 5432 }\n"),
    "scala/program": ("src/main/scala/Db.scala", "object Store { val port = 5432 }\n"),
    "swift/vapor-locked": ("Sources/App/Store.swift", 'let store = Endpoint(host: "db", port: 5432)\n'),
}


@pytest.mark.parametrize("case", FILES)
def test_a_database_s_port_is_none_of_the_application(case: str, tmp_path: Path) -> None:
    path, text = FILES[case]
    (tmp_path / "one").mkdir()
    own = changed_case(tmp_path / "one", case, {}).plan.port
    (tmp_path / "two").mkdir()
    assert changed_case(tmp_path / "two", case, {path: text}).plan.port == own
    assert own not in (3306, 5432, 6379)
