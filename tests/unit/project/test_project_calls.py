"""Calls over several lines: what texts and comments hold neither opens nor closes one."""

from __future__ import annotations

import time

import pytest

from dockgen.project.calls import calls
from dockgen.project.facts import read_source


def found(tree, path, regex, language):
    source = {"file": path, "regex": regex, "calls": language, "each": True}
    return [(value, str(origin)) for value, origin in read_source(tree, source)]


@pytest.mark.parametrize(
    "aside",
    [
        "message([[ ( ]])",
        "message([=[ ]] ( ]=])",
        "set(X [[\n  (\n]])",
        "#[[ (\nset(Y\n]]",
        "#[==[ ]] (\n]==] set(X)",
        "#[[ ( never closed",
        'message("(")',
        'message("\n(\n\\" (")',
        "set(X) # (",
        "set(X)# (",
        "set(X \\()",
        "set(X [[a)\nadd_executable(no no.c)\n]])",
        "message(it's) # don't (",
        "set(X [= [ ]=])",
        "set(X [[never closed)",
    ],
)
def test_what_cmake_s_texts_and_comments_hold_opens_no_call(make_tree, aside):
    tree = make_tree({"CMakeLists.txt": f"{aside}\nadd_executable(tide\n  main.c)\n"})
    line = aside.count("\n") + 2
    told = found(tree, "CMakeLists.txt", r"^add_executable\((\w+ \S+)\)", "cmake")
    assert told == [("tide main.c", f"CMakeLists.txt:{line}")]


@pytest.mark.parametrize(
    "aside",
    [
        "x = [['(']]",
        "x = [[1, f()], [2]",
        "x = 'it\\'s ('",
        "x = '''\n(\n'''",
        "# don't (",
        "x = 1 # '(",
        'x = 1 # "',
    ],
)
def test_what_meson_s_texts_and_comments_hold_opens_no_call(make_tree, aside):
    tree = make_tree({"meson.build": f"{aside}\nexecutable('tide',\n  'main.c')\n"})
    line = aside.count("\n") + 2
    assert found(tree, "meson.build", r"^executable\('(\w+)', 'main", "meson") == [
        ("tide", f"meson.build:{line}")
    ]


@pytest.mark.parametrize("piece", ["[[", "[=[", "#[[", '"', "'''", "'", "(", "\\", "[", "#[==[", '"\\'])
@pytest.mark.parametrize("language", ["cmake", "meson"])
def test_hostile_build_files_are_read_in_linear_time(piece, language):
    began = time.process_time()
    for text in (piece * (400_000 // len(piece)), f"{piece}\n" * (400_000 // len(piece))):
        assert calls(text, language)
    assert time.process_time() - began < 10
