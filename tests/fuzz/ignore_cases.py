"""Ignore files to hold the matcher against moby's: a table, and grown ones.

The table's values came from moby's own code; the agreement test asks it again.
"""

from __future__ import annotations

from hypothesis import strategies as st

# The text, paths it excludes, paths it keeps.
CASES: list[tuple[str, list[str], list[str]]] = [
    ("", [], ["a", "a/b"]),
    ("a", ["a", "a/b", "a/b/c"], ["b", "b/a", "ab", "A"]),
    ("/a", ["a", "a/b"], ["b/a"]),
    ("a/", ["a", "a/b"], ["b/a"]),
    ("./a/../b", ["b", "b/c"], ["a"]),
    ("//a//b", ["a/b"], ["a", "/a/b"]),
    ("*", ["a", ".git", "a/b"], []),
    ("*.log", ["a.log", "a.log/b"], ["b/a.log", "a.logs"]),
    ("**/*.log", ["a.log", "b/a.log", "b/c/a.log"], ["a.logs"]),
    ("**", ["a", "a/b"], []),
    ("a/**", ["a/b", "a/b/c"], ["a", "ab"]),
    ("**/a", ["a", "b/a", "b/a/c"], ["ba", "b/ca"]),
    ("**a", ["a", "ba", "b/ca"], ["ab"]),
    ("a**", ["a", "ab", "a/b"], ["ba"]),
    ("a/**/b", ["a/b", "a/c/b", "a/c/d/b"], ["a", "ab", "b"]),
    ("*/a", ["b/a"], ["a", "b/c/a"]),
    ("a?c", ["abc"], ["ac", "a/c"]),
    ("[a-c]x", ["ax", "bx"], ["dx", "x"]),
    ("[^a]x", ["bx"], ["ax", "x"]),
    ("a[.]b", ["a.b"], ["acb"]),
    ("a.b", ["a.b"], ["acb"]),
    ("a+b(c)|{d}$", ["a+b(c)|{d}$"], ["aab"]),
    ("\\*", ["*"], ["a"]),
    ("a\\[b", ["a[b"], ["ab"]),
    ("# a\na", ["a"], ["# a"]),
    (" # a", ["# a"], ["a"]),
    ("\\#a", ["#a"], ["a"]),
    ("  a  \t", ["a"], ["  a  "]),
    ("\ufeffa", ["a"], ["\ufeffa"]),
    ("a\r\nb\r\n", ["a", "b"], ["c"]),
    ("\n\n \na", ["a"], ["b"]),
    ("*\n!a", ["b", "b/a"], ["a", "a/b"]),
    ("!a\n*", ["a", "b"], []),
    ("*\n!a/b", ["a", "a/c"], ["a/b", "a/b/c"]),
    ("*\n! a ", ["b"], ["a"]),
    ("*\n!/a", ["b"], ["a"]),
    ("*\n!a\na/c", ["b", "a/c", "a/c/d"], ["a", "a/b"]),
    ("*\n!**/*.md\nREADME*.md", ["a", "README.md", "README2.md"], ["a.md", "b/README.md"]),
    ("**/.env*\n!**/.env.example", [".env", "a/.env.local"], [".env.example", "a/.env.example"]),
    ("a\n!a/b\na/b/c", ["a", "a/c", "a/b/c"], ["a/b", "a/b/d"]),
    ("a/x\n!a", ["a/x"], ["a", "a/y"]),
    ("a/*\n!a/*.go", ["a/b", "a/b/c.go"], ["a", "a/b.go"]),
    ("./!a\n", [], ["a", "!a"]),
    ("!!a", [], ["a", "!a"]),
    ("node_modules", ["node_modules", "node_modules/a/b.js"], ["web/node_modules"]),
    ("..", [], ["a"]),
    ("../a", [], ["a"]),
    (".", [], ["a"]),
    ("/", [], ["a"]),
    ("^a", [], ["a"]),
    ("^*a", ["ba", "a"], ["b"]),
    ("é*", ["éa"], ["ea"]),
    ("a b", ["a b"], ["a", "b"]),
    ("\\d", ["1"], ["d"]),
]

_ATOMS = st.sampled_from(
    [
        *"abc./*?!#[]^-\\ ~+$é1d",
        "**",
        "**/",
        "/**",
        "*.",
        "!",
        "../",
        "./",
        "[a-c]",
        "[^a]",
        "\\*",
        "\r",
        "\t",
        "a/b",
    ]
)
_LINE = st.lists(_ATOMS, max_size=7).map("".join)
WHOLE = st.lists(st.one_of(_LINE, st.sampled_from(["*", "!a", "a", "**/b", "!**/a", "a/b"])), max_size=5).map(
    "\n".join
)
_NAME = st.text(alphabet="abc.1d-é!", min_size=1, max_size=3).filter(lambda name: name not in (".", ".."))
PATHS = st.lists(st.lists(_NAME, min_size=1, max_size=4).map("/".join), min_size=1, max_size=8)
