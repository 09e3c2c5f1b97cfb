"""What each kind of source yields."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dockgen.errors import CatalogError, ProjectError
from dockgen.project.facts import Fact, Origin, check_source, read, read_source
from dockgen.project.requirement import normalise, parse_requirement
from dockgen.project.requirements_text import logical_lines


def found(tree, **source):
    return [(value, str(origin)) for value, origin in read_source(tree, source)]


def test_exists(make_tree):
    tree = make_tree({"go.mod": "", "vendor/modules.txt": ""})
    assert found(tree, file="go.mod", exists=True) == [(True, "go.mod")]
    assert found(tree, file="vendor/", exists=True) == [(True, "vendor")]
    assert found(tree, file=["a", "go.*"], exists=True) == [(True, "go.mod")]
    assert found(tree, file="go.sum", exists=True) == []


def test_glob_and_capture(make_tree):
    tree = make_tree({"cmd/api/main.go": "", "cmd/web/main.go": "", "cmd/web/x.go": ""})
    assert found(tree, glob="cmd/*/main.go") == [(["cmd/api/main.go", "cmd/web/main.go"], "cmd/api/main.go")]
    assert found(tree, glob="cmd/**/*.go", capture="cmd/([^/]+)/") == [(["api", "web"], "cmd/api/main.go")]
    assert found(tree, glob="**/*.go", not_in="cmd/web/**") == [(["cmd/api/main.go"], "cmd/api/main.go")]
    assert found(tree, glob="cmd/*/main.go", capture="none/(.)") == []
    assert found(tree, glob="cmd/web/m*.go", **{"with": ["x.mod", "cmd/api/*.go"]}) == [
        (["cmd/web/main.go"], "cmd/web/main.go")
    ]
    assert found(tree, glob="cmd/web/*.go", **{"with": "x.mod"}) == []


def test_a_call_over_several_lines_is_one(make_tree):
    text = (
        '# add_executable(no)\nproject(\n  "tides"  # the name (\n  VERSION 1.0)\n'
        "set(A b)\nadd_executable(\n  tide\n  main.c\n  $<IF:x(y)>)\nadd_executable(ebb e.c)\n"
    )
    tree = make_tree({"CMakeLists.txt": text, "long": "f(" + "a\n" * 500 + "g(b)\n", "open": "f(\n x"})
    name = {"file": "CMakeLists.txt", "regex": r'^project\(\s*"(\w+)', "calls": "cmake"}
    assert found(tree, **name) == [("tides", "CMakeLists.txt:2")]
    programs = {
        "file": "CMakeLists.txt",
        "regex": r"^add_executable\(\s*(\w+)",
        "calls": "cmake",
        "each": True,
    }
    assert found(tree, **programs) == [("tide", "CMakeLists.txt:6"), ("ebb", "CMakeLists.txt:10")]
    assert found(tree, file="long", regex=r"g\((b)", calls="cmake") == [("b", "long:501")]
    assert found(tree, file="open", regex=r"f\(\s+(x)", calls="cmake") == [("x", "open:1")]


def test_values_that_are_unwanted_are_passed_over(make_tree):
    tree = make_tree({"a": "port 1\nport 2 port 3\n"})
    source = {"file": "a", "regex": r"port (\d)", "none_of": ["1", "2"]}
    assert found(tree, **source) == [("3", "a:2")]
    assert found(tree, **source | {"none_of": ["3"]}) == [("1", "a:1")]
    assert found(tree, **source | {"none_of": ["1", "2", "3"]}, all=True) == []


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("f(X1) # f(X2)", ["X1"]),
        ("  # f(X1)", []),
        ("'#' f(X1)", ["X1"]),
        (r"""'it\'s #' "#" `#` f(X1) # '""", ["X1"]),
        ("it's f(X1) # f(X2)", ["X1"]),
        (f"{'x' * 2000} f(X1)", []),
    ],
)
def test_what_stands_in_comments_is_not_looked_at(make_tree, line, expected):
    tree = make_tree({"a.py": line, "a.rs": line})
    source = {"regex": r"f\((X\d)\)", "each": True, "comments": {"py": "#"}}
    assert [value for value, _ in found(tree, file="a.py", **source)] == expected
    bare = ["X1", "X2"] if "X2" in line else ["X1"] if len(line) < 1000 else []
    assert [value for value, _ in found(tree, file="a.rs", **source)] == bare


def test_settings(make_tree):
    properties = "# server.port=1\nserver.port = 8081\nmanagement.base-path:/m\nempty=\n#---\nserver.port=9\n"
    nested = (
        "app: {name: '@project.name@'}\nversion: @project.version@\n"
        'server:\n  port: ${PORT:8080} # usual\n  servlet:\n    context-path: "/shop"\n'
        "management.server.port: 8082\n---\nserver:\n  port: 9\n"
    )
    tree = make_tree({"a.properties": properties, "b.yml": nested, "c.yml": b"\xff\xfe\x00"})
    assert found(tree, file="a.properties", settings="server.port") == [("8081", "a.properties:2")]
    assert found(tree, file="*", settings=["Server.Port"]) == [
        ("8081", "a.properties:2"),
        ("${PORT:8080}", "b.yml:4"),
    ]
    assert found(tree, file="b.yml", settings="server.servlet.contextPath") == [("/shop", "b.yml:6")]
    assert found(tree, file="b.yml", settings="management.server.port") == [("8082", "b.yml:7")]
    assert found(tree, file="b.yml", settings=["port", "servlet.context-path", "version.port"]) == []
    assert found(tree, file="a.properties", settings="empty") == []


def test_settings_are_read_in_linear_time(make_tree):
    tree = make_tree({"a.yml": "a: b: " * 100_000 + "\n" + " " * 200_000 + "\n" + "a:\n " * 50_000})
    before = time.perf_counter()
    assert found(tree, file="a.yml", settings="x") == []
    assert time.perf_counter() - before < 2


def test_regex(make_tree):
    tree = make_tree({"go.mod": "module x\r\n\r\ngo 1.22\r\nrequire (\n a.b/c v1\n d.e/f v2\n)\n"})
    assert found(tree, file="go.mod", regex=r"^go (\S+)$") == [("1.22", "go.mod:3")]
    assert found(tree, file="go.mod", regex=r"^module \w") == [("module x", "go.mod:1")]
    pairs = {"a.b/c": "v1", "d.e/f": "v2"}
    assert found(tree, file="go.mod", regex=r"^\s*(\S+\.\S+) (v\S+)", all=True) == [(pairs, "go.mod:5")]
    assert found(tree, file="go.mod", regex=r" (v\d)", all=True) == [(["v1", "v2"], "go.mod:5")]
    each = [("v1", "go.mod:5"), ("v2", "go.mod:6")]
    assert found(tree, file="go.mod", regex=r" (v\d)", each=True) == each
    assert found(tree, file="go.mod", regex=r" (v\d)", each=True, line_with="d.e/f") == each[1:]
    assert found(tree, file="go.mod", regex="nothing", all=True) == []


def test_regex_over_many_files(make_tree):
    tree = make_tree(
        {"a.py": "\nget('/x')", "b/c.py": "get('/y')\nget('/x')", "tests/d.py": "get('/z')", "e.py": b"\0"}
    )
    source = {"glob": "**/*.py", "regex": r"get\('([^']+)'\)", "not_in": ["tests/**"]}
    assert found(tree, **source) == [("/x", "a.py:2"), ("/y", "b/c.py:1")]
    assert found(tree, **source, all=True) == [(["/x", "/y"], "a.py:2")]
    assert found(tree, **source, each=True) == [("/x", "a.py:2"), ("/y", "b/c.py:1"), ("/x", "b/c.py:2")]
    assert found(tree, **source, limit=1) == [("/x", "a.py:2")]
    with pytest.raises(ProjectError, match=r"e\.py:1: binary"):
        found(tree, file="e.py", regex="x")


def test_a_regex_never_sees_a_long_line(make_tree):
    tree = make_tree({"a.js": "a" * 100_000 + "!\nok 1\n"})
    started = time.perf_counter()
    assert found(tree, glob="*.js", regex=r"(?:a|aa)+b|ok (\d)") == [("1", "a.js:2")]
    assert time.perf_counter() - started < 1


def test_contains_is_quick_in_large_lock_files(make_tree):
    tree = make_tree({"package-lock.json": b'"a": 1,\n' * 1_300_000 + b'"node_modules/sharp"'})
    started = time.perf_counter()
    assert found(tree, file="package-lock.json", contains="node_modules/sharp") == [
        (True, "package-lock.json:1300001")
    ]
    assert found(tree, file="package-lock.json", contains="canvas") == []
    assert time.perf_counter() - started < 0.5


def test_values_of_documents(make_tree):
    tree = make_tree({
        "package.json": '{\n"packageManager": "pnpm@9.1.0",'
        '\n"scripts": {"b": "1", "a": "2"}, "n": null, "l": []}',
        "tsconfig.json": '{\n// c\n"compilerOptions": {"outDir": "dist",},}',
        "a.yaml": "services:\n  db: {image: postgres}\n",
        "pom.xml": "<p>\n<v>1</v>\n</p>",
    })  # fmt: skip
    package = {"file": "package.json"}
    assert found(tree, **package, json="packageManager") == [("pnpm@9.1.0", "package.json:2")]
    assert found(tree, **package, json="packageManager", capture="^pnpm@(.+)") == [
        ("9.1.0", "package.json:2")
    ]
    assert found(tree, **package, json="packageManager", capture="^yarn@(.+)") == []
    assert found(tree, **package, json="scripts", keys=True) == [(["b", "a"], "package.json:3")]
    assert found(tree, **package, json="scripts.*", keys=True) == [(["b", "a"], "package.json:3")]
    assert found(tree, **package, json="scripts.*", each=True) == [
        ("1", "package.json:3"),
        ("2", "package.json:3"),
    ]
    assert found(tree, **package, json=["none", "scripts"]) == [({"b": "1", "a": "2"}, "package.json:3")]
    assert found(tree, **package, json=["n", "l[]"]) == []
    assert found(tree, file="tsconfig.json", jsonc="compilerOptions.outDir") == [("dist", "tsconfig.json:3")]
    assert found(tree, file="a.yaml", yaml="services.*.image") == [(["postgres"], "a.yaml:2")]
    assert found(tree, file="pom.xml", xml="p.v") == [("1", "pom.xml:2")]
    assert found(tree, file="none.json", json="a") == []


PYPROJECT = """[project]
dependencies = ["Django>=5 ; python_version > '3'", "psycopg[binary] == 3.1"]
optional-dependencies.aws = ["boto3"]
[dependency-groups]
dev = ["pytest", {include-group = "x"}]
[tool.uv.sources]
lib = {git = "https://x"}
other = [{index = "i", marker = "m"}]
[tool.poetry.dependencies]
python = "^3.12"
Flask = "^3"
Mine = {git = "https://me:secret@x/y"}
any = "*"
[tool.poetry.group.dev.dependencies]
ruff = {version = "0.5", optional = true}
"""


def test_packages_of_a_pyproject(make_tree):
    tree = make_tree({"pyproject.toml": PYPROJECT})
    source = {"file": "pyproject.toml"}
    runtime = {
        "django": ">=5", "psycopg": "==3.1", "flask": "^3", "mine": "@ git+https://x/y", "any": "",
    }  # fmt: skip
    assert found(tree, **source, packages="runtime") == [(runtime, "pyproject.toml:2")]
    assert found(tree, **source, packages="extras") == [({"boto3": ""}, "pyproject.toml:3")]
    assert found(tree, **source, packages="dev") == [({"pytest": "", "ruff": "0.5"}, "pyproject.toml:5")]
    assert found(tree, **source, packages=True)[0][0].keys() == runtime.keys() | {"boto3", "pytest", "ruff"}
    kinds = {"lib": "git", "other": "index", "mine": "git"}
    assert found(tree, **source, packages="sources") == [(kinds, "pyproject.toml:7")]
    assert found(tree, **source, packages="all", name="FLASK") == [("^3", "pyproject.toml:11")]
    assert found(tree, **source, packages="all", name="any") == [("*", "pyproject.toml:13")]
    assert found(tree, **source, packages="all", name="none") == []
    both = {
        "file": "pyproject.toml",
        "toml": ["project.dependencies", "dependency-groups.*[]"],
        "pep508": True,
    }
    assert found(tree, **both) == [({"django": ">=5", "psycopg": "==3.1", "pytest": ""}, "pyproject.toml:2")]
    with pytest.raises(CatalogError, match="packages: 'odd' is not known"):
        found(tree, **source, packages="odd")


REQUIREMENTS = """# top
--index-url https://me:token@pypi.corp/simple
-r requirements/base.txt
-c constraints.txt
Django == 5.0 \\
    --hash=sha256:aa \\
    --hash=sha256:bb
requests[security]>=2 ; python_version > "3"  # why
-e git+https://u:p@host/repo.git@main#egg=My_Lib
./local
"""


def test_requirements(make_tree):
    tree = make_tree({
        "requirements.txt": REQUIREMENTS,
        "requirements/base.txt": "-r ../requirements.txt\nflask\n",
        "constraints.txt": "flask==3.0\nunused==1\n",
    })  # fmt: skip
    source = {"file": "requirements.txt"}
    packages = {
        "django": "==5.0", "requests": ">=2", "flask": "",
        "my-lib": "@ git+https://host/repo.git@main#egg=My_Lib",
    }  # fmt: skip
    assert found(tree, **source, requirements="all") == [(packages, "requirements.txt")]
    assert found(tree, **source, requirements="names") == [
        (["django", "requests", "my-lib", "flask"], "requirements.txt")
    ]
    assert found(tree, **source, requirements="hashes") == [(False, "requirements.txt:8")]
    assert found(tree, **source, requirements="pins") == [(False, "requirements.txt:8")]
    assert found(tree, **source, requirements="indexes") == [
        (["https://pypi.corp/simple"], "requirements.txt:2")
    ]
    assert found(tree, **source, requirements="all", name="Flask") == [("*", "requirements/base.txt:2")]
    assert found(tree, **source, requirements="all", name="unused") == []


@pytest.mark.parametrize(
    ("text", "pins", "hashes"),
    [
        ("a==1\nb===2\n", True, False),
        ("a==1 --hash=sha256:x\n", True, True),
        ("a==1.*\n", False, False),
        ("a>=1,<2", False, False),
        ("a @ https://x/a-1.whl", True, False),
        ("a @ git+https://x/a@" + "0" * 40, True, False),
        ("a @ git+https://x/a@main", False, False),
        ("# nothing\n", True, True),
    ],
)
def test_pins_and_hashes(make_tree, text, pins, hashes):
    tree = make_tree({"requirements.txt": text})
    assert found(tree, file="requirements.txt", requirements="pins")[0][0] is pins
    assert found(tree, file="requirements.txt", requirements="hashes")[0][0] is hashes


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("-r none.txt", r"requirements\.txt:2: it includes none\.txt, which is not there"),
        ("--requirement=../../etc/x", r"requirements\.txt:2: it includes \.\./\.\./etc/x, which is outside"),
        ("-c/etc/passwd", r"requirements\.txt:2: it includes /etc/passwd, which is outside"),
    ],
)
def test_includes_that_are_missing_or_outside(make_tree, line, message):
    tree = make_tree({"requirements.txt": f"a\n{line}\n"})
    with pytest.raises(ProjectError, match=message) as caught:
        found(tree, file="requirements.txt", requirements="all")
    assert caught.value.hint


def test_dotenv_tells_names_and_never_values(make_tree):
    text = 'A=secret1\nexport B = "two\nC=inside secret2\nend"\n# D=x\nE:\'x\'\nF="a\\"b"\nG=1\nA=2\n'
    tree = make_tree({".env.example": text})
    assert found(tree, file=".env.example", dotenv=True) == [(["A", "B", "E", "F", "G"], ".env.example:1")]


def test_a_fact_has_its_first_source_and_the_others(make_tree):
    tree = make_tree({".python-version": "3.12\n", "runtime.txt": "python-3.11"})
    sources = [
        {"file": "none", "regex": "x"},
        {"file": ".python-version", "regex": r"^(\d\S*)"},
        {"file": "runtime.txt", "regex": r"python-(\S+)"},
    ]
    fact = read(tree, "version", sources)
    assert fact == Fact(
        "version", "3.12", Origin(".python-version", 1), (("3.11", Origin("runtime.txt", 1)),)
    )
    assert read(tree, "version", sources[:1]) is None


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ({"file": "a"}, "one format key, and has none"),
        ({"file": "a", "json": "x", "toml": "y"}, "one format key, and has json, toml"),
        ({"file": "a", "json": "x", "odd": 1}, "does not know the key 'odd'"),
        ({"json": "x"}, "needs `file` or `glob`"),
    ],
)
def test_sources_that_are_wrong(make_tree, source, message):
    for fault in (lambda: read_source(make_tree({}), source), lambda: check_source(source)):
        with pytest.raises(CatalogError, match=message):
            fault()


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ({"file": "a", "regex": "("}, "the expression '\\(' is wrong"),
        ({"file": "a", "json": "x", "capture": "["}, "is wrong"),
        ({"file": "a", "regex": "x", "unless": "*"}, "is wrong"),
    ],
)
def test_a_wrong_expression_is_told_where_the_file_is_there(make_tree, source, message):
    assert read_source(make_tree({}), source) == []
    for fault in (lambda: read_source(make_tree({"a": '{"x": 1}'}), source), lambda: check_source(source)):
        with pytest.raises(CatalogError, match=message):
            fault()


@pytest.mark.parametrize(
    ("text", "name", "specifier", "marker"),
    [
        ("A.b_c", "a-b-c", "", ""),
        ("a (>=1)", "a", ">=1", ""),
        ("a[x, y] ~= 1.0 ; os_name == 'nt'", "a", "~=1.0", "os_name == 'nt'"),
        ("a@https://u:p@h/x.whl ; m", "a", "@ https://h/x.whl", "m"),
    ],
)
def test_a_requirement(text, name, specifier, marker):
    requirement = parse_requirement(text)
    assert requirement and (requirement.name, requirement.specifier, requirement.marker) == (
        name,
        specifier,
        marker,
    )


@pytest.mark.parametrize("text", ["", "-e .", "./x", "a b", "==1", "a=1", "x" * 3_000])
def test_what_is_no_requirement(text):
    assert parse_requirement(text) is None


names = st.from_regex(r"\A[A-Za-z0-9](?:[A-Za-z0-9._-]{0,10}[A-Za-z0-9])?\Z")


@given(st.dictionaries(names, st.sampled_from(["", "==1.0", ">=2,<3", "~=1.1", "!=1"]), max_size=6))
def test_any_list_of_requirements_comes_back(packages):
    parsed = [parse_requirement(f"{name} {specifier}") for name, specifier in packages.items()]
    expected = [(normalise(name), specifier) for name, specifier in packages.items()]
    assert [(item.name, item.specifier) for item in parsed if item] == expected


@given(st.text(max_size=200))
def test_any_text_is_read_as_requirements(text):
    for number, line in logical_lines(text):
        assert 1 <= number <= text.count("\n") + 1
        parse_requirement(line)


@pytest.mark.parametrize(
    "text", ["a" * 2_000, "a" + "-" * 1_990, "a[" * 900, "a>" * 900, " " * 2_000, "a@" * 900]
)
def test_hostile_requirements_take_no_time(text):
    started = time.perf_counter()
    parse_requirement(text)
    assert time.perf_counter() - started < 0.2
