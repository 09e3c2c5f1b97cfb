"""Expressions that are compiled when they are first used behave as compiled ones, and are all right."""

from __future__ import annotations

import copy
import pickle
import re
import subprocess
import sys

import pytest

from dockgen.regexes import regex


def test_it_is_compiled_when_it_is_first_used(monkeypatch: pytest.MonkeyPatch) -> None:
    compiled: list[str] = []
    real = re.compile
    monkeypatch.setattr(re, "compile", lambda text, flags=0: compiled.append(text) or real(text, flags))
    found = regex(r"a(?P<rest>.)", re.IGNORECASE)
    assert compiled == []
    assert [bool(found.match("AB")), found.sub("x", "abab"), found.search("b")] == [True, "xx", None]
    assert compiled == [r"a(?P<rest>.)"]


def test_it_has_what_a_compiled_one_has() -> None:
    later, now = regex(r"(?x) a (b)  # c", re.DOTALL), re.compile(r"(?x) a (b)  # c", re.DOTALL)
    assert (later.pattern, later.flags, later.groups, later.groupindex) == (
        now.pattern,
        now.flags,
        now.groups,
        now.groupindex,
    )


def test_a_wrong_one_raises_when_it_is_used() -> None:
    wrong = regex("(")
    with pytest.raises(re.error):
        wrong.match("")


@pytest.mark.parametrize("used", [False, True])
def test_it_can_be_copied_and_pickled(used: bool) -> None:
    found = regex("a+")
    assert not used or found.match("a")
    for other in (copy.copy(found), copy.deepcopy(found), pickle.loads(pickle.dumps(found))):
        assert other.fullmatch("aaa")


def test_other_attributes_are_missing() -> None:
    assert not hasattr(regex("a"), "nothing")


def test_every_one_of_them_can_be_compiled() -> None:
    script = (
        "import re, pkgutil, importlib, dockgen, dockgen.regexes\n"
        "made = []\n"
        "dockgen.regexes.regex = lambda text, flags=0: made.append(text) or re.compile(text, flags)\n"
        "for one in pkgutil.walk_packages(dockgen.__path__, 'dockgen.'):\n"
        "    if not one.name.endswith('__main__'):\n"
        "        importlib.import_module(one.name)\n"
        "print(len(made))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=False, timeout=60
    )
    assert not done.returncode, done.stderr
    assert int(done.stdout) > 100
