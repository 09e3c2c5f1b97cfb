"""Frozen value types that cost little to declare.

A frozen dataclass compiles six methods when its module is loaded: half a millisecond for each class, which
was a fifth of what a run of `dockgen new` takes. A record has the same fields, methods and errors; only its
constructor is compiled, and that when some instances were made. `dataclasses.field`, `replace`, `fields`
and `asdict` work on it, so do pickle and `__post_init__`. Not understood: ClassVar, InitVar, slots, order.

`field` and `replace` of this module do the same without loading `dataclasses`, which takes `inspect`, `ast`
and `tokenize` with it: a twentieth of a short run.
"""

from __future__ import annotations

from collections.abc import Callable
from operator import attrgetter
from typing import Any, TypeVar, dataclass_transform

T = TypeVar("T")
_REQUIRED: Any = type("Missing", (), {})()


class Declared:
    """What `field` says of a field."""

    __slots__ = ("compare", "default", "default_factory", "repr")

    def __init__(self, default: Any, default_factory: Any, *, compare: bool, repr: bool) -> None:  # noqa: A002
        self.default, self.default_factory = default, default_factory
        self.compare, self.repr = compare, repr


_Field = tuple[str, Any]
_set = object.__setattr__
# Instances that are made before a constructor is compiled for them: many types have few.
_FEW = 12


def field(
    *,
    default: Any = _REQUIRED,
    default_factory: Any = _REQUIRED,
    compare: bool = True,
    repr: bool = True,  # noqa: A002 - the name in dataclasses
) -> Any:
    """Declare a field with more than a default, as `dataclasses.field` does."""
    return Declared(default, default_factory, compare=compare, repr=repr)


def replace(instance: T, /, **changes: Any) -> T:
    """Return a copy with some fields changed, as `dataclasses.replace` does; it checks itself anew."""
    fields: tuple[_Field, ...] | None = getattr(instance, "_record", None)
    if fields is None:
        from dataclasses import replace as replaced

        return replaced(instance, **changes)  # type: ignore[type-var]
    return instance.__class__(**{name: getattr(instance, name) for name, _ in fields} | changes)


@dataclass_transform(frozen_default=True, field_specifiers=(field,))
def record(cls: type[T]) -> type[T]:
    """Make a class of annotated names a frozen value type; raises TypeError for a field out of order."""
    own = [(name, _declared(cls.__dict__.get(name, _REQUIRED))) for name in cls.__annotations__]
    inherited: tuple[_Field, ...] = getattr(cls.__mro__[1], "_record", ())
    fields: tuple[_Field, ...] = tuple({**dict(inherited), **dict(own)}.items())
    _check_order(cls, fields)
    for name, default in own:
        if isinstance(default, Declared):
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


def _declared(default: Any) -> Any:
    """Return what `dataclasses.field` made as `field` of this module would have."""
    if type(default).__module__ != "dataclasses":
        return default
    import dataclasses

    if not isinstance(default, dataclasses.Field):
        return default
    given = (default.default, default.default_factory)
    known = (_REQUIRED if one is dataclasses.MISSING else one for one in given)
    return Declared(*known, compare=bool(default.compare), repr=default.repr)


class _Fields:
    """What `dataclasses` looks for; made from a dataclass of the same fields when it is asked for."""

    def __init__(self, cls: type[Any], fields: tuple[_Field, ...]) -> None:
        self._class, self._fields = cls, fields

    def __get__(self, instance: object, owner: type[Any]) -> Any:
        import dataclasses

        types = {name: kind for c in reversed(owner.__mro__[:-1]) for name, kind in c.__annotations__.items()}
        rows = [
            (name, types[name]) if default is _REQUIRED else (name, types[name], _foreign(default))
            for name, default in self._fields
        ]
        made: Any = dataclasses.make_dataclass(self._class.__name__, rows)
        self._class.__dataclass_fields__ = made.__dataclass_fields__
        return made.__dataclass_fields__


def _foreign(default: Any) -> Any:
    """Return a default as `dataclasses` knows it."""
    import dataclasses

    if not isinstance(default, Declared):
        return default
    one: Any = default
    given = {"default": one.default, "default_factory": one.default_factory}
    told = {name: value for name, value in given.items() if value is not _REQUIRED}
    return dataclasses.field(**told, compare=one.compare, repr=one.repr)


def _check_order(cls: type[Any], fields: tuple[_Field, ...]) -> None:
    optional = False
    for name, default in fields:
        if optional and _is_required(default):
            raise TypeError(f"{cls.__name__}: {name!r} has no default but follows one that has")
        optional = optional or not _is_required(default)


def _is_required(default: Any) -> bool:
    if isinstance(default, Declared):
        return default.default is _REQUIRED and default.default_factory is _REQUIRED
    return default is _REQUIRED


def _put_default(cls: type[Any], name: str, declared: Declared) -> None:
    if declared.default is _REQUIRED:
        delattr(cls, name)
    else:
        setattr(cls, name, declared.default)


def _says(default: Any, option: str) -> bool:
    return bool(getattr(default, option)) if isinstance(default, Declared) else True


def _first_constructor(cls: type[Any], fields: tuple[_Field, ...]) -> Callable[..., None]:
    """Return a constructor that puts the compiled one in its place once that is worth it."""
    names = [name for name, _ in fields]
    defaults = {name: default for name, default in fields if default is not _REQUIRED}
    left = _FEW

    def __init__(self: Any, *args: Any, **kwargs: Any) -> None:  # noqa: N807
        nonlocal left
        left -= 1
        values = {**dict(zip(names, args, strict=False)), **kwargs}
        # What does not fit is left to the compiled one, which has the words for it.
        fits = len(values) == len(args) + len(kwargs) and all(n in values or n in defaults for n in names)
        if left < 0 or not fits or len(values.keys() | names) > len(names):
            cls.__init__ = made = _constructor(cls, fields)
            made(self, *args, **kwargs)
            return
        made_of = {name: values[name] if name in values else _made(defaults[name]) for name in names}
        _set(self, "__dict__", made_of)
        if hasattr(cls, "__post_init__"):
            self.__post_init__()

    return __init__


def _made(default: Any) -> Any:
    """Return a default's value."""
    if not isinstance(default, Declared):
        return default
    return default.default if default.default_factory is _REQUIRED else default.default_factory()


def _constructor(cls: type[Any], fields: tuple[_Field, ...]) -> Callable[..., None]:
    """Compile the constructor; only the names of the class's own fields go into its text.

    All fields are set in one step: each call of `object.__setattr__` takes as long as setting three keys.
    """
    known: dict[str, Any] = {"_set": _set, "_absent": _REQUIRED}
    parameters, entries = [], []
    for number, (name, default) in enumerate(fields):
        value, given = name, default
        if isinstance(default, Declared):
            given = default.default
            if default.default_factory is not _REQUIRED:
                known[f"_make{number}"], given = default.default_factory, None
                value = f"_make{number}() if {name} is _absent else {name}"
        parameters.append(name if _is_required(default) else f"{name}=_default{number}")
        known[f"_default{number}"] = _REQUIRED if f"_make{number}" in known else given
        entries.append(f"{name!r}: {value}")
    body = f"_set(self, '__dict__', {{{', '.join(entries)}}})"
    if hasattr(cls, "__post_init__"):
        body += "; self.__post_init__()"
    exec(f"def __init__({', '.join(['self', *parameters])}): {body}", known)  # noqa: S102
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
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_to_delete(_: object, name: str) -> None:
    from dataclasses import FrozenInstanceError

    raise FrozenInstanceError(f"cannot delete field {name!r}")
