"""Facts and answers → Plan: a stack's `let` and `plan` evaluated, then checked by the value types."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dockgen.answers.model import Resolution
from dockgen.catalog import images
from dockgen.catalog.expression import build, condition
from dockgen.catalog.secret_files import has_secret_name
from dockgen.errors import CatalogError, PlanError
from dockgen.plan.labels import labels_of
from dockgen.plan.model import Healthcheck, ImageRef, Notice, Plan, Process, Secret, User, Writable

FRONTEND = images.ImageQuery("docker.io/docker/dockerfile", version="1", suffix="")


def make_plan(resolution: Resolution) -> Plan:
    """Return the plan for settled answers.

    Raises PlanError where they do not add up, CatalogError where the stack's data is wrong.
    """
    scope = _with_let(resolution)
    node = build(resolution.stack.plan, scope)
    frontend = node.get("frontend") or {}
    frontend = frontend if frontend.get("folder") else {}
    chosen = _images({**node.get("images", {}), **frontend.get("images", {})}, scope["image"] or {})
    answers = scope["answers"]
    return Plan(
        stack=resolution.stack.name,
        template=node["template"],
        project=answers["name"],
        dockerfile=answers["dockerfile"],
        images=chosen,
        user=_user(node["user"], answers),
        entrypoint=tuple(node.get("entrypoint") or ()),
        command=tuple(node.get("command") or ()),
        folder=scope["project"].get("folder", ""),
        place=scope["project"].get("place", ""),
        workdir=node.get("workdir") or "/app",
        port=node.get("port"),
        health=node.get("health") or None,
        healthcheck=_healthcheck(node.get("healthcheck")),
        stop_signal=node.get("stop_signal"),
        stop_seconds=node["stop_seconds"],
        environment=_environment(node, answers),
        start_environment=node.get("start_environment") or {},
        build_arguments=answers["build_arguments"],
        build_packages=_sorted(node.get("build_packages", answers["build_packages"])),
        runtime_packages=_sorted(node.get("runtime_packages", answers["runtime_packages"])),
        secrets=tuple(Secret(**entry) for entry in node.get("secrets", answers.get("secrets")) or ()),
        ssh=bool(answers.get("ssh")),
        writable=_writable(node, answers),
        labels=labels_of(answers, chosen.get("runtime")),
        platforms=tuple(answers["platforms"]),
        allow=_allowed(node, frontend, answers),
        keep=_kept(answers),
        never=(*(node.get("never") or ()), *frontend.get("never", ())),
        shell=bool(node.get("shell", True)),
        package_manager=node.get("package_manager") or "none",
        ca_certificate=answers["ca_certificate"],
        init=answers["init"],
        processes=tuple(_processes(node)),
        commands={name: tuple(words) for name, words in (node.get("commands") or {}).items() if words},
        extra_files=_extra_files(node, scope["project"].get("place", "")),
        values=node.get("values") or {},
        frontend=frontend,
        warnings=_notices(resolution, scope),
    )


def _with_let(resolution: Resolution) -> dict[str, Any]:
    scope = dict(resolution.scope)
    scope["let"] = {}
    for name, value in resolution.stack.let.items():
        scope["let"] = {**scope["let"], name: build(value, scope)}
    return scope


def _images(declared: Mapping[str, Any], given: Mapping[str, str]) -> dict[str, ImageRef]:
    chosen = {
        name: _given(name, given[name]) if name in given else _known(spec) for name, spec in declared.items()
    }
    for name in given:
        if name not in declared and name != "frontend":
            raise PlanError(f"there is no image named {name!r} here", f"there are {', '.join(declared)}")
    frontend = given.get("frontend")
    return {"frontend": _given("frontend", frontend) if frontend else _known(FRONTEND), **chosen}


def _given(name: str, text: str) -> ImageRef:
    try:
        return ImageRef.parse(text)
    except PlanError as error:
        raise PlanError(f"answer image.{name}: {error.message}", error.hint) from error


def _known(spec: Any) -> ImageRef:
    query = spec if isinstance(spec, images.ImageQuery) else images.ImageQuery.read(spec)
    record = images.find(query)
    if record is None:
        raise PlanError(f"no image is known for {query}", "name it: --set image.…=name:tag@sha256:…")
    return ImageRef(record.repository, record.tag, record.digest)


def _user(node: Any, answers: Mapping[str, Any]) -> User:
    if not isinstance(node, Mapping):
        raise CatalogError(f"plan.user is a mapping with uid, gid, name and create, not {node!r}")
    base = User(**node)
    uid, gid = answers.get("uid") or base.uid, answers.get("gid") or base.gid
    return base if (uid, gid) == (base.uid, base.gid) else User(uid, gid, base.name, base.create)


def _healthcheck(node: Any) -> Healthcheck | None:
    if not node or not node.get("test"):
        return None
    rest = {key: value for key, value in node.items() if key != "test"}
    return Healthcheck(tuple(str(word) for word in node["test"]), **rest)


def _processes(node: Mapping[str, Any]) -> Iterator[Process]:
    for entry in node.get("processes") or ():
        yield Process(entry["name"], tuple(entry["entrypoint"]), entry.get("stop_signal") or None)


def _environment(node: Mapping[str, Any], answers: Mapping[str, Any]) -> dict[str, str]:
    own = {name: str(value) for name, value in (node.get("environment") or {}).items() if value is not None}
    zone = {"TZ": answers["timezone"]} if answers.get("timezone") else {}
    locale = {"LANG": answers["locale"]} if answers.get("locale") else {}
    return {**own, **zone, **locale, **answers["environment"]}


def _writable(node: Mapping[str, Any], answers: Mapping[str, Any]) -> tuple[Writable, ...]:
    own = [Writable(**entry) for entry in node.get("writable") or ()]
    asked = [Writable(path, "tmpfs") for path in answers["writable"]]
    kept = [Writable(path, "volume") for path in answers["volumes"]]
    return tuple({entry.path: entry for entry in [*own, *asked, *kept]}.values())


def _allowed(
    node: Mapping[str, Any], frontend: Mapping[str, Any], answers: Mapping[str, Any]
) -> tuple[str, ...]:
    authority = [answers["ca_certificate"]] if answers["ca_certificate"] else []
    return tuple(dict.fromkeys([*node["allow"], *frontend.get("allow", ()), *authority]))


def _kept(answers: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the files that are let in whatever their names; their paths count from the build context."""
    named = filter(has_secret_name, [answers["ca_certificate"]])
    return tuple(dict.fromkeys([*answers["keep"], *named]))


def _extra_files(node: Mapping[str, Any], place: str) -> dict[str, str]:
    up = "../" * len(place.split("/")) if place else ""
    return {
        (up if entry.get("at") == "top" else "") + entry["path"]: entry["template"]
        for entry in node.get("extra_files") or ()
    }


def _sorted(packages: Any) -> tuple[str, ...]:
    return tuple(sorted(set(packages or ())))


def _notices(resolution: Resolution, scope: Mapping[str, Any]) -> tuple[Notice, ...]:
    due = [node for node in resolution.stack.warnings if condition(node.get("when"), scope)]
    return tuple(
        Notice(
            str(build(node["message"], scope)),
            str(build(node.get("hint", ""), scope)),
            node.get("practice"),
            bool(node.get("strict")),
        )
        for node in due
    )
