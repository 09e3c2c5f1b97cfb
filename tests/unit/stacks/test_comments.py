"""What is commented out is no variable that the code reads, and no port."""

from pathlib import Path

import pytest

from dockgen.setup.survey import survey

# Of each stack a file with a line of code, what begins a comment there, and the fact that tells of the line.
LINES = {
    "bun": ("src/a.ts", "const port = process.env.PORT;", "//", "reads_port"),
    "clojure": ("src/a.clj", '(System/getenv "PORT")', ";;", "reads_port"),
    "cpp": ("src/a.cpp", 'auto port = std::getenv("PORT");', "//", "reads_port"),
    "dart": ("lib/a.dart", "final port = Platform.environment['PORT'];", "///", "reads_port"),
    "deno": ("a.ts", 'const region = Deno.env.get("REGION");', "//", "env_read"),
    "dotnet": ("A.cs", 'var port = Environment.GetEnvironmentVariable("PORT");', "//", "reads_port"),
    "elixir": ("config/runtime.exs", 'key = System.fetch_env!("KEY")', "#", "needed"),
    "erlang": ("src/a.erl", 'port() -> os:getenv("PORT").', "%%", "reads_port"),
    "go": ("a.go", 'var port = os.Getenv("PORT")', "//", "reads_port"),
    "haskell": ("app/A.hs", 'port = lookupEnv "PORT"', "--", "reads_port"),
    "java": ("src/main/java/A.java", 'String port = System.getenv("PORT");', " * ", "reads_port"),
    "julia": ("src/a.jl", 'port = ENV["PORT"]', "#", "reads_port"),
    "node": ("a.js", "const port = process.env.PORT;", "//", "reads_port"),
    "perl": ("lib/A.pm", "my $port = $ENV{PORT};", "#", "reads_port"),
    "python": ("a/settings.py", "KEY = os.environ['KEY']", "#", "needed_settings"),
    "r": ("a.R", 'port <- Sys.getenv("PORT")', "#", "reads_port"),
    "ruby": ("config/puma.rb", 'port ENV.fetch("PORT", 3000)', "#", "reads_port"),
    "rust": ("src/a.rs", 'let port = std::env::var("PORT");', "//", "reads_port"),
    "scala": ("src/main/scala/A.scala", 'val port = sys.env("PORT")', "//", "reads_port"),
    "swift": ("Sources/A/a.swift", 'let port = Environment.get("PORT")', "//", "reads_port"),
}


def told(folder: Path, stack: str, begin: str) -> bool:
    name, line, _, fact = LINES[stack]
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(f"{begin}{line}\n")
    return bool(survey(folder, stack).facts[fact].value)


@pytest.mark.parametrize("stack", sorted(LINES))
def test_a_line_in_a_comment_tells_nothing(stack: str, tmp_path: Path) -> None:
    assert told(tmp_path, stack, "")
    assert not told(tmp_path, stack, f"{LINES[stack][2]} ")


def test_an_interpolation_begins_no_comment(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "runtime.exs").write_text('#{System.fetch_env!("KEY")}\n')
    assert survey(tmp_path, "elixir").facts["needed"].value == ["KEY"]
