"""Every stack file against the schema, and every name in its expressions against what is declared."""

import json
import shutil
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from dockgen.catalog.check import problems
from dockgen.catalog.stack import load_stack, stack_files
from dockgen.errors import CatalogError
from dockgen.resources import bundled
from dockgen.setup.survey import headers_of, survey

FILES = stack_files()
SCHEMA = json.loads((bundled("stacks") / "schema.json").read_text())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_documents_fit_the_schema(path: Path) -> None:
    for document in yaml.safe_load_all(path.read_text()):
        jsonschema.Draft202012Validator(SCHEMA).validate(document)


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize(
    "document", [{"name": "Go", "title": "x"}, {"facts": {}, "questions": {"a": {"typ": "x"}}, "plan": {}}]
)
def test_the_schema_refuses_mistakes(document: dict[str, Any]) -> None:
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(SCHEMA).validate(document)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_name_is_declared(path: Path) -> None:
    assert problems(path) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_titles_of_choices_are_read_as_they_stand(path: Path) -> None:
    tables = [
        table for one in yaml.safe_load_all(path.read_text()) for table in one.get("tables", {}).values()
    ]
    titles = [str(row.get("title", "")) for table in tables for row in table]
    assert [title for title in titles if "{{" in title] == []


def test_an_undeclared_name_is_found(tmp_path: Path) -> None:
    broken = tmp_path / "go.yaml"
    broken.write_text((bundled("stacks") / "go.yaml").read_text().replace("facts.module_name", "facts.modul"))
    found = problems(broken)
    assert found
    assert all(problem.endswith("facts.modul is not declared") for problem in found)


@pytest.mark.parametrize(
    ("old", "new", "line_of"),
    [
        ("title: Go\n", "title: [\n", None),
        ("version: 1\n", "version: one\n", "version: one"),
        ("name: go\n", "name: gone\n", "name: gone"),
        ("    type: version\n", "    typ: version\n", "  version:\n    group"),
        ("plan:\n  template", "plans:\n  template", ""),
    ],
)
def test_a_broken_stack_of_the_users_own_is_named_with_its_line(
    tmp_path: Path, old: str, new: str, line_of: str | None
) -> None:
    text = (bundled("stacks") / "go.yaml").read_text()
    assert old in text
    path = tmp_path / "go.yaml"
    path.write_text(text.replace(old, new, 1))
    with pytest.raises(CatalogError) as caught:
        load_stack(path)
    assert caught.value.message.startswith(f"{path}:")
    assert caught.value.message.removeprefix(f"{path}:").partition(":")[0].isdigit()
    if line_of:
        line = path.read_text().partition(line_of)[0].count("\n") + 1
        assert caught.value.message.startswith(f"{path}:{line}:")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("regex: '^module", "regx: '^module"),
        ("weight: 100, says", "wait: 100, says"),
        ("facts.requires and not", "facts.requires andnot"),
        ("template: go/binary", "templat: go/binary"),
        ("table: role", "table: rule"),
        ("{name: server, title", "{nme: server, title"),
    ],
)
def test_a_stack_that_fails_later_ends_in_a_sentence_too(tmp_path: Path, old: str, new: str) -> None:
    import datetime

    from dockgen.errors import DockgenError
    from dockgen.setup.new import Request, create

    stacks = tmp_path / "stacks"
    stacks.mkdir()
    text = (bundled("stacks") / "go.yaml").read_text()
    assert old in text
    (stacks / "go.yaml").write_text(text.replace(old, new, 1))
    project = Path(shutil.copytree(Path(__file__).parents[2] / "stacks/go/api/project", tmp_path / "api"))
    (project / "go.sum").unlink()
    request = Request(project, datetime.date(2026, 11, 1), yes=True, write=False, stacks=(stacks,))
    with pytest.raises(DockgenError) as caught:
        create(request)
    place = caught.value.message.removeprefix(f"{stacks / 'go.yaml'}:").partition(":")[0]
    assert place.isdigit(), caught.value.message


def test_own_stacks_win(tmp_path: Path) -> None:
    shutil.copy(bundled("stacks") / "go.yaml", tmp_path / "go.yaml")
    assert {header.path for header in headers_of([tmp_path]) if header.name == "go"} == {tmp_path / "go.yaml"}
    assert survey(tmp_path, "go", [tmp_path]).stack.header.path == tmp_path / "go.yaml"
