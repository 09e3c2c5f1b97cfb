"""Every rule's cases (tests/rules/*.yaml) and the examples of its documentation page."""

import re
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml

from dockgen.dockerfile.model import Position
from dockgen.dockerfile.parser import parse
from dockgen.lint import rules_loader
from dockgen.lint.context import BuildContext
from dockgen.lint.model import Context, Edit, Finding, Policy, Profile

FOLDER = Path(__file__).parents[2] / "rules"
TODAY = "2026-11-23"
EXAMPLE_POLICY = Policy(("registry.example.com",), 90, ("org.opencontainers.image.source",))
EXAMPLE_LOCK = {"busybox:1.38.0": "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"}
HEADINGS = ("Why", "Bad", "Good", "When it is fine", "References")
BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
Case = dict[str, Any]


def cases_of(rule_id: str) -> list[Case]:
    path = FOLDER / f"{rule_id}.yaml"
    loaded: list[Case] = yaml.safe_load(path.read_text("utf-8"))["cases"] if path.is_file() else []
    return loaded


def all_cases() -> Iterator[Any]:
    for path in sorted(FOLDER.glob("DG*.yaml")):
        for case in cases_of(path.stem):
            yield pytest.param(path.stem, case, id=f"{path.stem} {case['name']}")


def context_for(root: Path, files: dict[str, str] | None, folder: str = "", **settings: Any) -> Context:
    """Return a context whose build context is a folder of the files; None means that it is unknown."""
    if files is None:
        return Context(**settings)
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    root = root / folder
    return Context(build=BuildContext.load(root, root / "Dockerfile"), root=root, **settings)


def settings_of(case: Case, rule_id: str) -> dict[str, Any]:
    policy: dict[str, Any] = {
        key: tuple(v) if isinstance(v, list) else v for key, v in case.get("policy", {}).items()
    }
    return {
        "profile": Profile(case.get("profile", rules_loader.load(rule_id).rule.profile.value)),
        "today": case.get("today", TODAY),
        "policy": Policy(**policy),
        "locked": case.get("locked", {}),
        "other_targets": frozenset(case.get("other_targets", ())),
    }


def findings_of(rule_id: str, text: str, context: Context, path: str = "Dockerfile") -> list[Finding]:
    dockerfile = parse(text, path)
    found = rules_loader.load(rule_id).check(dockerfile, context)
    return sorted(found, key=lambda finding: (finding.span, finding.message))


def applied(text: str, edits: Sequence[Edit]) -> str:
    """Apply edits from the last to the first, so that positions before them hold."""
    lines = text.split("\n")
    starts = [0]
    for line in lines:
        starts.append(starts[-1] + len(line) + 1)

    def offset(position: Position) -> int:
        return starts[position.line - 1] + position.column - 1

    for edit in sorted(edits, key=lambda edit: edit.span, reverse=True):
        text = text[: offset(edit.span.start)] + edit.text + text[offset(edit.span.end) :]
    return text


def edits_of(findings: Sequence[Finding], path: str | None) -> list[Edit]:
    fixes = [finding.fix for finding in findings if finding.fix]
    return [edit for edit in dict.fromkeys(edit for fix in fixes for edit in fix.edits) if edit.path == path]


@pytest.mark.parametrize(("rule_id", "case"), list(all_cases()))
def test_case(rule_id: str, case: Case, tmp_path: Path) -> None:
    text = case["dockerfile"]
    files = case.get("files")
    context = context_for(tmp_path, files, case.get("context", ""), **settings_of(case, rule_id))
    found = findings_of(rule_id, text, context, case.get("path", "Dockerfile"))
    told = [{"line": one.span.start.line, "message": one.message} for one in found]
    wanted = [{"line": one["line"], "message": one["message"]} for one in case["findings"]]
    assert told == wanted
    for one, expected in zip(found, case["findings"], strict=True):
        assert one.severity.name == expected.get("severity", one.severity.name).upper()
    if "fixed" in case:
        fixed = applied(text, edits_of(found, None))
        assert fixed == case["fixed"]
        assert not parse(fixed).problems
    fixed_files = case.get("fixed_files", {})
    for name, wanted_text in fixed_files.items():
        assert applied((files or {}).get(name, ""), edits_of(found, name)) == wanted_text
    if "fixed" in case or fixed_files:
        after = context_for(tmp_path, files and {**files, **fixed_files}, **settings_of(case, rule_id))
        left = findings_of(rule_id, str(case.get("fixed", text)), after, case.get("path", "Dockerfile"))
        assert len(left) == len([one for one in found if one.fix is None])


def sections(page: str) -> dict[str, str]:
    parts = re.split(rf"^\*({'|'.join(HEADINGS)})\*", page, flags=re.MULTILINE)
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def examples(rule_id: str, heading: str) -> Iterator[tuple[str, dict[str, str] | None]]:
    """Yield a section's Dockerfiles, each with the build context's files that blocks before it name."""
    files: dict[str, str] | None = None
    for language, name, body in BLOCK.findall(sections(rules_loader.page(rule_id))[heading]):
        if name:
            files = {**(files or {}), name: body}
        elif language == "dockerfile":
            yield body, files


@pytest.mark.parametrize("rule_id", rules_loader.rule_ids())
class TestPage:
    def test_its_form(self, rule_id: str) -> None:
        page = rules_loader.page(rule_id)
        assert re.match(rf"{rule_id}: .+\.\n\n", page)
        assert tuple(sections(page)) == HEADINGS
        assert "https://" in sections(page)["References"]

    @pytest.mark.parametrize("heading", ["Bad", "Good"])
    def test_its_examples(self, rule_id: str, heading: str, tmp_path: Path) -> None:
        rule = rules_loader.load(rule_id).rule
        policy = EXAMPLE_POLICY if rule.profile is Profile.POLICY else Policy()
        shown = list(examples(rule_id, heading))
        assert shown
        for number, (text, files) in enumerate(shown):
            assert not parse(text).problems
            root = tmp_path / str(number)
            root.mkdir()
            context = context_for(
                root, files, profile=rule.profile, today=TODAY, policy=policy, locked=EXAMPLE_LOCK
            )
            assert bool(findings_of(rule_id, text, context)) is (heading == "Bad")

    def test_its_identity(self, rule_id: str) -> None:
        rule = rules_loader.load(rule_id).rule
        assert rule.id == rule_id
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", rule.name)

    def test_hits_and_at_least_as_many_near_misses(self, rule_id: str) -> None:
        cases = cases_of(rule_id)
        hits = sum(bool(case["findings"]) for case in cases)
        assert 0 < hits <= len(cases) - hits


def test_every_case_file_has_a_rule_and_names_are_unique() -> None:
    stems = {path.stem for path in FOLDER.glob("*.yaml")}
    names = [rules_loader.load(rule_id).rule.name for rule_id in rules_loader.rule_ids()]
    assert stems <= set(rules_loader.rule_ids())
    assert len(set(names)) == len(names)


LONG = 120_000
NINES = "9" * 5000
HOSTILE = {
    "a long word of dots": f"FROM alpine\nENV A={'a.' * LONG}://@\n",
    "blanks behind su": f"FROM alpine\nRUN su{' ' * LONG}1\n",
    "a mode without an end": f"FROM alpine\nRUN chmod {'o' * LONG} /app\n",
    "a package of tildes": f"FROM alpine\nRUN apk add a{'~' * LONG}/\n",
    "a number of many digits": f"FROM alpine:{NINES}\nENV NODE_VERSION={NINES}\nUSER {NINES}\n",
    "redirections": f"FROM alpine\nRUN echo {'>' * 5000} x\nRUN rm .npmrc {'>' * 5000}\n",
    "a reference of colons": f"FROM {'a:' * LONG}\n",
    "a secret of many parts": f"FROM alpine\nARG {'A_' * LONG}TOKEN\n",
    "many downloads": "FROM alpine\n" + "RUN curl -o a https://x.org/a && chmod +x a\n" * 3000,
    "many users": "FROM alpine\n" + "RUN a\nUSER b\n" * 2000,
    "many secrets": "FROM alpine\n"
    + "ARG TOKEN\nENV A=$TOKEN\nRUN echo $TOKEN > .npmrc\nRUN rm .npmrc\n" * 800,
    "NUL and lone surrogates": "FROM alpine\x00\nRUN curl \x00 \ud800 | sh\nCOPY \x00 .env /\n",
    "a host without an end": f"FROM alpine\nRUN x ://a:b@{'a-' * LONG}\n",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_neither_stops_nor_delays_a_rule(name: str) -> None:
    dockerfile = parse(HOSTILE[name])
    context = Context(profile=Profile.STRICT, today=TODAY)
    start = time.process_time()
    for rule_id in rules_loader.rule_ids():
        list(rules_loader.load(rule_id).check(dockerfile, context))
    assert time.process_time() - start < 4


@pytest.mark.parametrize(
    ("rule_id", "text"),
    [
        ("DG0601", "# the image\nFROM alpine:latest\n" * 6000),
        ("DG0608", "FROM node:24.21.0\nCOPY package-lock.json ./\n" + "RUN npm install\n" * 6000),
    ],
)
def test_what_is_asked_of_each_line_is_made_once(rule_id: str, text: str) -> None:
    dockerfile = parse(text)
    start = time.process_time()
    found = list(rules_loader.load(rule_id).check(dockerfile, Context(today=TODAY)))
    assert len(found) == 6000
    assert time.process_time() - start < 4
