"""Frozen value types that cost little to declare.

A frozen dataclass compiles six methods when its module is loaded: half a millisecond for each class, which
was a fifth of what a run of `dockgen new` takes. A record has the same fields, methods and errors; only its
constructor is compiled, and that when the first instance is made. `dataclasses.field`, `replace`, `fields`
and `asdict` work on it, so do pickle and `__post_init__`. Not understood: ClassVar, InitVar, slots, order.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")
_Field = tuple[str, Any]
_REQUIRED: Any = dataclasses.MISSING


@dataclass_transform(frozen_default=True, field_specifiers=(dataclasses.field,))
def record(cls: type[T]) -> type[T]:
    """Make a class of annotated names a frozen value type; raises TypeError for a field out of order."""
    own = [(name, cls.__dict__.get(name, _REQUIRED)) for name in cls.__annotations__]
    inherited: tuple[_Field, ...] = getattr(cls.__mro__[1], "_record", ())
    fields: tuple[_Field, ...] = tuple({**dict(inherited), **dict(own)}.items())
    _check_order(cls, fields)
    for name, default in own:
        if isinstance(default, dataclasses.Field):
            _put_default(cls, name, default)
    methods = {
        "_record": fields,
        "__match_args__": tuple(name for name, _ in fields),
        "__dataclass_fields__": _Fields(cls, fields),
        "__init__": _first_constructor(cls, fields),
        "__setattr__": _refuse_to_set,
        "__delattr__": _refuse_to_delete,
        **_comparison(tuple(name for name, default in fields if _says(default, "compare"))),
        "__repr__": _shown(tuple(name for name, default in fields if _says(default, "repr"))),
    }
    for name, method in methods.items():
        if cls.__dict__.get(name) is None:
            setattr(cls, name, method)
    return cls


class _Fields:
    """What `dataclasses` looks for; made from a dataclass of the same fields when it is asked for."""

    def __init__(self, cls: type[Any], fields: tuple[_Field, ...]) -> None:
        self._class, self._fields = cls, fields

    def __get__(self, instance: object, owner: type[Any]) -> Any:
        types = {name: kind for c in reversed(owner.__mro__[:-1]) for name, kind in c.__annotations__.items()}
        rows = [
            (name, types[name]) if default is _REQUIRED else (name, types[name], default)
            for name, default in self._fields
        ]
        made: Any = dataclasses.make_dataclass(self._class.__name__, rows)
        self._class.__dataclass_fields__ = made.__dataclass_fields__
        return made.__dataclass_fields__


def _check_order(cls: type[Any], fields: tuple[_Field, ...]) -> None:
    optional = False
    for name, default in fields:
        if optional and _is_required(default):
            raise TypeError(f"{cls.__name__}: {name!r} has no default but follows one that has")
        optional = optional or not _is_required(default)


def _is_required(default: Any) -> bool:
    if isinstance(default, dataclasses.Field):
        return default.default is _REQUIRED and default.default_factory is _REQUIRED
    return default is _REQUIRED


def _put_default(cls: type[Any], name: str, field: dataclasses.Field[Any]) -> None:
    if field.default is _REQUIRED:
        delattr(cls, name)
    else:
        setattr(cls, name, field.default)


def _says(default: Any, option: str) -> bool:
    return bool(getattr(default, option)) if isinstance(default, dataclasses.Field) else True


def _first_constructor(cls: type[Any], fields: tuple[_Field, ...]) -> Callable[..., None]:
    """Return a constructor that puts the compiled one in its place."""

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807
        made = _constructor(cls, fields)
        cls.__init__ = made
        made(self, *args, **kwargs)

    return __init__


def _constructor(cls: type[Any], fields: tuple[_Field, ...]) -> Callable[..., None]:
    """Compile the constructor; only the names of the class's own fields go into its text."""
    known: dict[str, Any] = {"_set": object.__setattr__, "_absent": _REQUIRED}
    parameters, lines = [], []
    for number, (name, default) in enumerate(fields):
        value, given = name, default
        if isinstance(default, dataclasses.Field):
            given = default.default
            if default.default_factory is not _REQUIRED:
                known[f"_make{number}"], given = default.default_factory, None
                value = f"_make{number}() if {name} is _absent else {name}"
        parameters.append(name if _is_required(default) else f"{name}=_default{number}")
        known[f"_default{number}"] = _REQUIRED if f"_make{number}" in known else given
        lines.append(f"_set(self, {name!r}, {value})")
    if hasattr(cls, "__post_init__"):
        lines.append("self.__post_init__()")
    body = "\n    ".join(lines) or "pass"
    exec(f"def __init__({', '.join(['self', *parameters])}):\n    {body}", known)  # noqa: S102
    made: Callable[..., None] = known["__init__"]
    made.__qualname__ = f"{cls.__qualname__}.__init__"
    return made


def _comparison(names: tuple[str, ...]) -> dict[str, Callable[..., Any]]:
    key: Callable[[Any], Any] = attrgetter(*names) if names else (lambda _: ())

    def equal(self: Any, other: object) -> Any:
        return key(self) == key(other) if other.__class__ is self.__class__ else NotImplemented

    def hashed(self: Any) -> int:
        return hash(key(self))

    return {"__eq__": equal, "__hash__": hashed}


def _shown(names: tuple[str, ...]) -> Callable[[Any], str]:
    def shown(self: Any) -> str:
        values = ", ".join(f"{name}={getattr(self, name)!r}" for name in names)
        return f"{self.__class__.__qualname__}({values})"

    return shown


def _refuse_to_set(_: object, name: str, _value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
