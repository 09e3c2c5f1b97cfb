"""Version constraints as projects write them."""

import pytest

from dockgen.catalog.versions import compare, in_range, parts


@pytest.mark.parametrize(
    ("constraint", "cycle", "fits"),
    [
        (">=3.11", "3.13", True),
        (">=3.11,<3.13", "3.13", False),
        (">=3.11, <4", "3.14", True),
        ("~=3.11", "3.13", True),
        ("~=3.11.2", "3.13", False),
        ("~=3.11.2", "3.11", True),
        ("==3.12.*", "3.12", True),
        ("==3.12.*", "3.13", False),
        ("!=3.12.*", "3.12", False),
        ("!=3.12.4", "3.12", True),
        ("3.12.4", "3.12", True),
        ("3.12.4", "3.13", False),
        ("<3.13.2", "3.13", True),
        ("<3.13", "3.13", False),
        ("^3.10", "3.14", True),
        ("^3.10", "4.0", False),
        ("^20 || >=24", "22", False),
        ("^20.1||>=24", "24", True),
        ("20.x", "20", True),
        ("20.x", "22", False),
        (">=18 <21", "22", False),
        ("18 - 22", "20", True),
        ("18 - 22", "24", False),
        ("v24.1.0", "24", True),
        ("~24.1", "24", True),
        ("*", "24", True),
        ("lts/*", "24", True),
        (">20", "20", False),
        (">20.1", "20", True),
        ("", "3.14", True),
    ],
)
def test_in_range(constraint: str, cycle: str, fits: bool) -> None:
    assert in_range(cycle, constraint) is fits


def test_parts_and_compare() -> None:
    assert parts("3.13.1-slim") == (3, 13, 1)
    assert parts("v24.2") == (24, 2)
    assert parts("latest") == ()
    assert compare("3.9", "3.13") == -1
    assert compare("24", "24.1") == 0
