"""Bake and compose files lead to the Dockerfiles, contexts and targets that they name."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockgen.errors import ProjectError
from dockgen.lint import hcl
from dockgen.lint.build_files import named_builds
from dockgen.lint.discovery import discover

BAKE = """
variable "FOLDER" { default = "services" }   // a comment
group "default" { targets = ["app", "worker"] }
target "base" {
  context = "."
  args = { A = "}" , B = "${FOLDER}" }
}
target "app" {
  inherits = ["base"]
  dockerfile = "${FOLDER}/app.Dockerfile" # another
  target = "runtime"
  matrix = { x = ["1", "2"] }
}
/* target "none" { dockerfile = "x" } */
target "worker" {
  context = "worker"
  tags = [ FOLDER == "x" ? "a" : "b" ]
}
target "remote" { context = "https://github.com/a/b.git" }
target "inline" {
  dockerfile-inline = <<EOT
FROM a
target "no" { }
EOT
}
"""


def builds(folder: Path, name: str, text: str) -> list[tuple[str, str, str | None]]:
    (folder / name).write_text(text)
    return [
        (b.dockerfile.relative_to(folder).as_posix(), b.context.relative_to(folder).as_posix(), b.target)
        for b in named_builds(folder / name)
    ]


def test_a_bake_file(tmp_path: Path) -> None:
    assert builds(tmp_path, "docker-bake.hcl", BAKE) == [
        ("Dockerfile", ".", None),
        ("services/app.Dockerfile", ".", "runtime"),
        ("worker/Dockerfile", "worker", None),
    ]


def test_a_bake_file_in_json(tmp_path: Path) -> None:
    text = '{"target": {"app": {"dockerfile": "x/Dockerfile", "target": "t"}, "bad": 3}}'
    assert builds(tmp_path, "docker-bake.json", text) == [("x/Dockerfile", ".", "t")]


def test_a_compose_file(tmp_path: Path) -> None:
    text = """
    services:
      a: {build: ./api}
      b: {build: {context: ., dockerfile: "docker/${NAME:-b}.Dockerfile", target: prod}}
      c: {image: nginx}
      d: {build: {context: "${UNKNOWN}"}}
      e: {build: {dockerfile_inline: "FROM a"}}
      f: {build: "https://github.com/a/b.git"}
    """
    assert builds(tmp_path, "compose.yaml", text) == [
        ("api/Dockerfile", "api", None),
        ("docker/b.Dockerfile", ".", "prod"),
        (".", ".", None) if False else ("Dockerfile", ".", None),
    ]


@pytest.mark.parametrize(
    "text", ["a: [", "{", "- 1", "services: 3", "services: {a: {build: [1]}}", "&a [*a]", "a: &a [*a]"]
)
def test_a_compose_file_that_is_none(tmp_path: Path, text: str) -> None:
    try:
        assert builds(tmp_path, "compose.yml", text) == []
    except ProjectError as error:
        assert "compose.yml" in error.message


def test_a_bracket_that_is_never_closed_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="never closed"):
        builds(tmp_path, "docker-bake.hcl", 'target "a" {')


@given(st.text('ta"{}[]=$,#/*<E\\\n ', max_size=80))
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        hcl.blocks(text)
    except ProjectError:
        return


def test_a_build_file_given_leads_to_its_dockerfiles(tmp_path: Path) -> None:
    (tmp_path / "docker").mkdir()
    (tmp_path / "docker" / "odd.name").write_text("FROM a AS prod\n")
    text = "services: {b: {build: {context: ., dockerfile: docker/odd.name, target: prod}}}"
    (tmp_path / "compose.yaml").write_text(text)
    found = discover([tmp_path / "compose.yaml"])
    assert [(f.path, f.context, f.targets) for f in found] == [
        (tmp_path / "docker" / "odd.name", tmp_path, frozenset({"prod"}))
    ]
    assert discover([tmp_path]) == found


def test_a_build_file_met_in_a_folder_names_nothing_outside(tmp_path: Path) -> None:
    (tmp_path / "Dockerfile").write_text("FROM a\n")
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner" / "compose.yaml").write_text("services: {a: {build: ..}}")
    assert discover([tmp_path / "inner"]) == []
    assert len(discover([tmp_path / "inner" / "compose.yaml"])) == 1
