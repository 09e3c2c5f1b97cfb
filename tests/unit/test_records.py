"""Records behave as frozen dataclasses do."""

from __future__ import annotations

import copy
import dataclasses
import pickle
from dataclasses import field
from functools import cached_property

import pytest

from dockgen import records
from dockgen.records import record


@record
class Point:
    """A place."""

    x: int
    y: int = 0
    seen: list[int] = field(default_factory=list, compare=False)
    note: str = field(default="", repr=False, compare=False)

    @cached_property
    def total(self) -> int:
        return self.x + self.y


@record
class Light:
    """The same by this module's own `field`."""

    x: int
    y: int = 0
    seen: list[int] = records.field(default_factory=list, compare=False)
    note: str = records.field(default="", repr=False, compare=False)


@dataclasses.dataclass(frozen=True)
class Model:
    """The same as a dataclass."""

    x: int
    y: int = 0
    seen: list[int] = field(default_factory=list, compare=False)
    note: str = field(default="", repr=False, compare=False)


@record
class Named(Point):
    """A place with a name."""

    name: str = "here"


@record
class Checked:
    """A value that refuses."""

    value: int

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError("negative")


@record
class Empty:
    """Nothing at all."""


def test_pickled_before_any_instance_was_made_here() -> None:
    assert pickle.loads(pickle.dumps(Named(1, name="x"))) == Named(1, name="x")
    bare = object.__new__(Empty)
    assert bare == Empty() and hash(bare) == hash(Empty())


def test_shown_compared_and_hashed_as_a_dataclass() -> None:
    assert repr(Point(1, 2, [3], "n")) == repr(Model(1, 2, [3], "n")).replace("Model", "Point")
    assert Point(1, 2, [3]) == Point(1, 2, [4], "other")
    assert Point(1, 2) != Point(1, 3)
    assert Point(1) != Named(1)
    assert len({Point(1), Point(1), Point(2)}) == 2
    assert Point(1).__eq__(1) is NotImplemented


def test_defaults_are_made_for_each_instance() -> None:
    first, second = Point(1), Point(1)
    first.seen.append(1)
    assert second.seen == []
    assert Point.note == "" and not hasattr(Point, "seen")


@pytest.mark.parametrize("cls", [Point, Model])
def test_wrong_arguments_are_refused(cls: type[Point]) -> None:
    with pytest.raises(TypeError):
        cls()  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        cls(1, 2, [], "", 5)  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        cls(1, z=1)  # type: ignore[call-arg]


def test_frozen() -> None:
    point = Point(1)
    with pytest.raises(dataclasses.FrozenInstanceError, match="'x'"):
        point.x = 2  # type: ignore[misc]
    with pytest.raises(dataclasses.FrozenInstanceError, match="'x'"):
        del point.x
    assert point.total == 1


def test_the_tools_of_dataclasses_and_copy_work() -> None:
    assert dataclasses.replace(Point(1, 2), y=5) == Point(1, 5)
    assert dataclasses.asdict(Point(1)) == {"x": 1, "y": 0, "seen": [], "note": ""}
    assert [f.name for f in dataclasses.fields(Named)] == ["x", "y", "seen", "note", "name"]
    assert [f.name for f in dataclasses.fields(Point)] == ["x", "y", "seen", "note"]
    assert dataclasses.is_dataclass(Point)
    assert copy.deepcopy(Point(1, 2, [3])).seen == [3]
    match Point(1, 2):
        case Point(x, y):
            assert (x, y) == (1, 2)


def test_checked_when_made() -> None:
    with pytest.raises(ValueError, match="negative"):
        Checked(-1)
    with pytest.raises(ValueError, match="negative"):
        dataclasses.replace(Checked(1), value=-1)


def test_a_required_field_after_a_default_is_refused() -> None:
    with pytest.raises(TypeError, match="'late'"):

        @record
        class Wrong:
            early: int = 1
            late: str


def test_fields_are_the_same_however_they_are_declared() -> None:
    assert repr(Light(1, 2, [3], "n")) == repr(Point(1, 2, [3], "n")).replace("Point", "Light")
    assert Light(1, 2, [3]) == Light(1, 2, [4], "other")
    assert Light(1).seen is not Light(1).seen
    assert dataclasses.asdict(Light(1)) == dataclasses.asdict(Point(1))
    told = [(f.name, f.default, f.default_factory, f.repr, f.compare) for f in dataclasses.fields(Light)]
    assert told == [
        (f.name, f.default, f.default_factory, f.repr, f.compare) for f in dataclasses.fields(Model)
    ]
    assert dataclasses.replace(Light(1, 2), y=5) == Light(1, 5)


@pytest.mark.parametrize("cls", [Point, Light, Model])
def test_replace_is_that_of_dataclasses(cls: type[Point]) -> None:
    assert records.replace(cls(1, 2, [3]), y=5) == cls(1, 5, [3])
    assert records.replace(cls(1, 2, [3])).seen == [3]
    with pytest.raises(TypeError):
        records.replace(cls(1), z=1)


def test_replace_checks_what_it_makes() -> None:
    with pytest.raises(ValueError, match="negative"):
        records.replace(Checked(1), value=-1)


def _fresh(kind: str) -> type:
    """A record of which no instance was made yet, or many were: its constructor is compiled then."""

    @record
    class Fresh:
        x: int
        y: int = 2
        seen: list[int] = records.field(default_factory=list)

        def __post_init__(self) -> None:
            if self.x < 0:
                raise ValueError("below zero")

    for number in range(50 if kind == "many" else 0):
        Fresh(number)
    return Fresh


@pytest.mark.parametrize("kind", ["none", "many"])
def test_the_constructor_is_the_same_before_and_after_it_is_compiled(kind: str) -> None:
    made = _fresh(kind)
    assert [vars(made(1)), vars(made(1, 3, [4])), vars(made(y=5, x=6))] == [
        {"x": 1, "y": 2, "seen": []},
        {"x": 1, "y": 3, "seen": [4]},
        {"x": 6, "y": 5, "seen": []},
    ]
    assert made(1).seen is not made(1).seen
    with pytest.raises(ValueError, match="below zero"):
        made(-1)


@pytest.mark.parametrize("kind", ["none", "many"])
@pytest.mark.parametrize(
    ("args", "kwargs", "message"),
    [
        ((), {}, "missing 1 required positional argument: 'x'"),
        ((1, 2, [], 4), {}, "takes from 2 to 4 positional arguments but 5 were given"),
        ((1,), {"x": 1}, "multiple values for argument 'x'"),
        ((1,), {"z": 1}, "unexpected keyword argument 'z'"),
    ],
)
def test_wrong_arguments_are_refused_in_pythons_words(
    kind: str, args: tuple[object, ...], kwargs: dict[str, object], message: str
) -> None:
    made = _fresh(kind)
    with pytest.raises(TypeError, match=message):
        made(*args, **kwargs)
