"""How BuildKit's checks are switched, and the parts that they are made of."""

import time
from dataclasses import replace

import pytest

from dockgen.dockerfile.model import Instruction
from dockgen.dockerfile.parser import parse
from dockgen.lint import buildkit
from dockgen.lint.buildkit import options, platform, suggest
from dockgen.lint.buildkit.environment import Environment
from dockgen.lint.buildkit.exec_form import exec_form
from dockgen.lint.buildkit.inherited import has_no_entrypoint, variable_names
from dockgen.lint.buildkit.options import Options
from dockgen.lint.buildkit.reference import is_reference
from dockgen.lint.buildkit.variables import Variables
from dockgen.lint.model import Context, Finding, Severity

DIGEST = "sha256:" + "0" * 64


def run(text: str) -> list[Finding]:
    return buildkit.run(parse(text, "images/Dockerfile"), Context())


def found(text: str) -> list[tuple[str, int]]:
    return [(one.ids[0], one.span.start.line) for one in run(text)]


def test_error_makes_errors() -> None:
    (one,) = run("# check=error=true\nFROM debian\nCMD a\n")
    assert one.severity is Severity.ERROR
    assert one.path == "images/Dockerfile"
    assert one.practice == 10


def test_a_refused_directive_switches_nothing() -> None:
    assert found("# check=skp=all\nFROM debian\nCMD a\n") == [("JSONArgsRecommended", 3)]


def test_comments_hold_for_their_instruction_only() -> None:
    text = "FROM debian\n# check=skip=WorkdirRelativePath\n\nWORKDIR a\n# check=skip=all\n#\nCMD a\n"
    assert found(text) == [("JSONArgsRecommended", 7)]


def test_a_comment_may_ask_for_an_experimental_check() -> None:
    text = "FROM debian\n# check=experimental=InvalidDefinitionDescription\nARG A\n# x\nARG B\n"
    assert found(text) == [("InvalidDefinitionDescription", 3)]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("skip=A,B", Options(skip=frozenset("AB"))),
        ("skip=A;error=true", Options(skip=frozenset("A"), error=True)),
        ("experimental=all;skip=A why", Options(frozenset("A"), frozenset({"all"}))),
        ("error=0", Options()),
        ("skip=A, B", Options(skip=frozenset("A"))),
        ("skip", None),
        ("error=maybe", None),
        ("error=", None),
        ("none=A", None),
        ("", Options()),
    ],
)
def test_options(value: str, wanted: Options | None) -> None:
    assert options.read(value) == wanted


@pytest.mark.parametrize(
    "text",
    [
        "debian",
        "debian:trixie-slim",
        f"debian:trixie@{DIGEST}",
        "localhost/a",
        "localhost:5000/a/b__c.d-e---f",
        "Registry.Example.com/a:B",
        "[::1]:5000/a",
        "UPPER/a",
        "scratch",
    ],
)
def test_references(text: str) -> None:
    assert is_reference(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Debian",
        "debian:",
        "debian@",
        "debian:a b",
        "a/B",
        "a..b",
        "-a",
        "debian@sha256:00",
        "debian@md5:" + "0" * 32,
        "f" * 64,
        "a/" * 200 + "a",
        ":tag",
        "a//b",
        "x" * 100_000,
    ],
)
def test_no_references(text: str) -> None:
    assert not is_reference(text)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("linux/amd64", ("linux", "amd64", "")),
        ("linux/arm/v7", ("linux", "arm", "v7")),
        ("Linux/AArch64", ("linux", "arm64", "")),
        ("linux", ("linux", "amd64", "")),
        ("armhf", ("linux", "arm", "v7")),
        ("windows(10.0.17763)/amd64", ("windows", "amd64", "")),
        ("macos/arm64", ("darwin", "arm64", "")),
        ("nonsense", None),
        ("linux/amd64/v2/x", None),
        ("linux/", None),
        ("*", None),
        ("", None),
    ],
)
def test_platforms(text: str, wanted: tuple[str, str, str] | None) -> None:
    assert platform.parse(text) == (wanted and platform.Platform(*wanted))


def test_nearest_name() -> None:
    assert suggest.edits("kitten", "sitting") == 3
    assert suggest.nearest("VERSOIN", ["OTHER", "VERSION"]) == "VERSION"
    assert suggest.nearest("VERSION", ["SOMETHING", "ELSE"]) == ""
    assert suggest.nearest("AB", ["AX", "AY"]) == "AX"


@pytest.mark.parametrize(
    ("command", "wanted"),
    [
        ("node  server.js", '["node", "server.js"]'),
        ("java -jar /app/app.jar --server.port=80", '["java", "-jar", "/app/app.jar", "--server.port=80"]'),
        ("a | b", None),
        ("echo $HOME", None),
        ("echo 'a b'", None),
        ("ls *.txt", None),
        ("ls ~", None),
        ("source env", None),
        ("A=b c", None),
        ("a\tb", None),
        ("", None),
    ],
)
def test_exec_form(command: str, wanted: str | None) -> None:
    assert exec_form(command) == wanted


def test_what_base_images_hand_down() -> None:
    assert variable_names("scratch") == frozenset({"PATH"})
    golang = frozenset({"PATH", "GOLANG_VERSION", "GOTOOLCHAIN", "GOPATH"})
    assert variable_names(f"docker.io/library/golang:1.26@{DIGEST}") == golang
    assert variable_names("golang:1.26") == variable_names("docker.io/library/golang:1.26")
    assert variable_names("registry.example.com/golang:1.26") is None
    assert variable_names(None) is None
    assert has_no_entrypoint("debian:trixie-slim")
    assert not has_no_entrypoint("postgres:18")
    assert not has_no_entrypoint(None)


def instruction(text: str) -> Instruction:
    return parse(f"FROM a\n{text}\n").instructions[1]


def text_of(environment: Environment, word: str) -> str | None:
    expansion = environment.expand(word)
    return expansion.text if expansion else "refused"


def test_environment() -> None:
    first = Environment(Variables(), inherited=lambda: frozenset({"PATH"}))
    second = first.after(instruction("ENV A=1 B=$A C=x$PATH"), {})
    assert text_of(second, "$A-$B") == "1-"
    assert text_of(second, "$C") is None
    third = second.after(instruction("ARG D=$A E F=$D G"), {"E": "global"})
    assert text_of(third, "$D $E $F") == "1 global 1"
    assert text_of(third, "${G-unset}") == "unset"
    assert [name for name in "ADEFGH" if third.is_declared(name)] == ["D", "E", "F", "G"]
    assert text_of(first, "$A") == ""
    child = replace(third, variables=Variables(third.variables), step=0)
    assert text_of(child, "$D") == "1"
    assert text_of(child.after(instruction("ENV D=2"), {}), "$D") == "2"
    assert text_of(third, "$D") == "1"
    assert text_of(third, "${") == "refused"
    assert third.names() == ["PATH", "A", "B", "C", "D", "E", "F"]


def test_an_unknown_base_may_set_anything() -> None:
    expansion = Environment(Variables(), inherited=lambda: None).expand("/app/$DIR")
    assert expansion
    assert (expansion.text, expansion.beginning, expansion.unset) == (None, "/app/", ())
    assert found("FROM registry.example.com/a\nWORKDIR $DIR\nENV A=$B\n") == []


def test_a_large_file_is_fast() -> None:
    lines = [f"ENV V{number}=$V{number - 1}x" if number % 2 else "RUN true" for number in range(2_000)]
    text = "FROM debian\nENV V0=a\n" + "\n".join(lines) + "\n"
    dockerfile = parse(text)
    start = time.process_time()
    buildkit.run(dockerfile, Context())
    assert time.process_time() - start < 2


def test_many_stages_with_many_variables_are_fast() -> None:
    text = "FROM debian AS s0\n" + "".join(f"ENV V{number}=1\n" for number in range(2_000))
    text += "".join(f"FROM s{number} AS s{number + 1}\nWORKDIR $V1\n" for number in range(1_000))
    dockerfile = parse(text)
    start = time.process_time()
    buildkit.run(dockerfile, Context())
    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "text",
    [
        "",
        "FROM",
        "FROM a AS",
        "FROM a b c d",
        "FROM --platform a",
        "FROM --platform= a",
        "FROM $",
        "FROM ${a",
        "CMD a\nFROM b\n",
        "FROM a\nENV\nENV A\nENV =b\nLABEL\nARG\nARG =x\nWORKDIR\nEXPOSE\nEXPOSE /tcp\nCOPY\nCOPY a\nUSER\n",
        "FROM a\nONBUILD\nONBUILD ONBUILD CMD a\nONBUILD FROM b\nMAINTAINER\nSHELL\nVOLUME\nHEALTHCHECK\n",
        "FROM a\nRUN --mount\nRUN --mount= x\nCOPY <<\nCOPY <<E\n",
        "FROM a\nRUN \\",
        "\\\n\\\nFROM a\\\n",
        "FROM a AS a\nFROM a AS a\nFROM 0\nCOPY --from=0 a b\n",
        "\0\nFROM \0\nENV A=\ud800 $\0\n",
        "FROM a\n\x0cENV A b\x0b\x85c\n",
    ],
)
def test_broken_files_do_no_harm(text: str) -> None:
    run(text)
