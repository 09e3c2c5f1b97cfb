from __future__ import annotations

import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dockgen.errors import OutputError
from dockgen.output.lock import Lock, StackVersion, TemplateVersion, dump, load
from dockgen.output.scalar import block_scalar, quoted, scalar

DIGEST = "sha256:" + "0" * 64
LOCK = Lock(
    dockgen="0.1.0",
    stack=StackVersion("go", "1"),
    template=TemplateVersion("go/app", DIGEST),
    images={"golang:1.24-alpine": DIGEST, "alpine:3.22": DIGEST},
    files={"Dockerfile": "FROM scratch\n\nCOPY . .\n", ".dockerignore": "*"},
    container={
        "port": 8080,
        "health": "/healthz",
        "writable": [{"path": "/tmp", "size": None}],
        "init": False,
    },
)
TEXT = f"""\
# Written by dockgen, with the files below; commit it, and leave it as it is.
version: 1
dockgen: "0.1.0"
stack:
  name: go
  version: "1"
template:
  name: go/app
  digest: {DIGEST}
images:
  alpine:3.22: {DIGEST}
  golang:1.24-alpine: {DIGEST}
container:
  health: /healthz
  init: false
  port: 8080
  writable:
    -
      path: /tmp
      size: null
files:
  .dockerignore: |-
    *
  Dockerfile: |
    FROM scratch

    COPY . .
"""


def test_the_text_of_a_lock():
    assert dump(LOCK) == TEXT
    assert load(TEXT) == LOCK


def test_an_empty_lock_comes_back():
    lock = Lock("1", StackVersion("a", "b"), TemplateVersion("c", "d"))
    assert load(dump(lock)) == lock


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("version: 1\n", "version: 2\n", r"dockgen\.lock:2: the lock's version is 2"),
        ("version: 1\n", "", r"dockgen\.lock: the lock's version is None"),
        ('dockgen: "0.1.0"', "dockgen: 1", r"dockgen\.lock:3: dockgen should be text"),
        ("stack:\n", "stack: []\nother:\n", r"dockgen\.lock:4: stack should be a mapping"),
        ("  name: go\n", "", r"dockgen\.lock:4: name should be text"),
        (
            f"alpine:3.22: {DIGEST}",
            "alpine:3.22: sha256:12",
            r"dockgen\.lock:11: images: the entry 'alpine:3\.22'",
        ),
        (
            "  .dockerignore: |-\n    *",
            "  .dockerignore: [1]",
            r"dockgen\.lock:22: files: the entry '\.dockerignore'",
        ),
        ("container:\n", "container: [\n", r"dockgen\.lock:\d+: not valid YAML"),
        (TEXT, "", r"dockgen\.lock: not a lock of dockgen's"),
        (TEXT, "- 1", r"dockgen\.lock: not a lock of dockgen's"),
        (TEXT, "<<<<<<< ours\na: 1\n=======\n", r"dockgen\.lock:\d: not valid YAML"),
    ],
)
def test_a_lock_that_is_wrong_says_file_line_and_way_out(old, new, message):
    assert old in TEXT
    with pytest.raises(OutputError, match=message) as caught:
        load(TEXT.replace(old, new))
    assert "version control" in caught.value.hint


def test_what_yaml_cannot_hold_is_refused():
    for lock in (
        Lock("1", LOCK.stack, LOCK.template, container={"a": 1.5}),
        Lock("1", LOCK.stack, LOCK.template, files={"a\udc80": ""}),
        Lock("1", LOCK.stack, LOCK.template, files={"a": "\ud800"}),
    ):
        with pytest.raises(OutputError):
            dump(lock)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("a\n", "|\n  a"),
        ("a", "|-\n  a"),
        ("a\n\n\n", "|+\n  a\n\n"),
        (" a\n", "|2\n   a"),
        ("\na\n", "|2\n\n  a"),
        ("\ta\n", "|2\n  \ta"),
        ("a  \n\n  b\n", "|\n  a  \n\n    b"),
        ("", '""'),
        ("\n", r'"\n"'),
        ("a\n  \n", r'"a\n  \n"'),
        ("a\r\nb\r\n", r'"a\r\nb\r\n"'),
        ("a\0", r'"a\0"'),
        ("é\u2028", r'"\u00e9\u2028"'),
        ("é ☃ 😀\n", "|\n  é ☃ 😀"),
    ],
)
def test_block_scalars(text, written):
    assert block_scalar(text, "  ") == written


SPECIAL = (
    """null True on 1 1e3 .5 .inf ~ - # 2024-01-02 12:30 0x1f &a *a !a @a %a ' " ... --- = << é a: :a """
)


@pytest.mark.parametrize(
    "text",
    [
        *SPECIAL.split(),
        "",
        "?",
        "{}",
        "a,b",
        "y",
        "N",
        "/",
        "a: b",
        "- a",
        "a #b",
        "a\nb",
        "a/b.c:1",
        "😀",
        "\0",
        "\x85",
    ],
)
def test_scalars_are_read_back_by_any_loader(text):
    for written in (scalar(text), quoted(text)):
        assert yaml.safe_load(f"k: {written}\n{written}: v\n") == {"k": text, text: "v"}


lines = st.text(st.sampled_from("ab \t#:'\"|>-\\$\r\n\0\u2028\x85é😀\ufeff"), max_size=30)
texts = lines | st.text(max_size=30)
trees = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**12), 10**12) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=8,
)


@given(st.dictionaries(texts, texts, max_size=4), st.dictionaries(texts, trees, max_size=3), texts)
def test_any_text_comes_back_exactly(files, container, name):
    lock = Lock(name, StackVersion(name, "1"), TemplateVersion("t", "d"), {}, files, container)
    written = dump(lock)
    assert load(written) == lock
    again = Lock(
        name, lock.stack, lock.template, {}, dict(reversed(files.items())), dict(reversed(container.items()))
    )
    assert dump(again) == written


@given(st.dictionaries(texts, texts, min_size=1, max_size=3))
def test_other_parsers_read_the_same_files(files):
    assert yaml.safe_load(dump(Lock("1", LOCK.stack, LOCK.template, files=files)))["files"] == files


def test_a_lock_of_usual_size_is_quick():
    lock = Lock(
        "1",
        LOCK.stack,
        LOCK.template,
        files={f"f{n}": "RUN something && something\n" * 100 for n in range(6)},
    )
    text = dump(lock)
    started = time.perf_counter()
    for _ in range(20):
        load(text)
        dump(lock)
    assert (time.perf_counter() - started) / 20 < 0.02
