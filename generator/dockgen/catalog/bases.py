"""What is known of base images: default user, users, shell, programs, distribution, product.

The facts are in stacks/data/bases.yaml, with their source and date.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from dockgen.catalog.base_data import Facts, base_data, facts_of
from dockgen.records import field, record

_VERSION = r":v?(\d+(?:\.\d+)*)"
_LONGEST = 1024


@record
class Reference:
    """An image reference in parts; `repository` is whole, as `docker.io/library/alpine`.

    Source of the grammar: https://github.com/distribution/reference
    """

    repository: str
    tag: str | None = None
    digest: str | None = None


@record
class Base:
    """What is known of one base image; None (an empty mapping for `users`) where it is not known.

    `user` is the default user by name or id; `users` maps all user names of the image to their ids.
    `sh` is the program behind /bin/sh: dash, bash or busybox.
    `role` is os, toolchain, runtime, static or server. `smaller` names what a final stage can use instead.
    `drops` says that the image's own entry point starts as root and steps down by itself.
    `distribution` and `release` (`debian`, `13`), `product` and `version` (`python`, `3.12`) name cycles
    for `dockgen.catalog.eol`; `discontinued` is the day since which the repository is no longer kept up to
    date, whatever the tag. `rolling_only` marks repositories that have no fixed tags, `rolling_release`
    distributions that have no releases: whoever installs something brings all of them up to date.
    """

    repository: str
    tag: str | None
    user: str | None = None
    users: Mapping[str, int] = field(default_factory=dict)
    shell: bool | None = None
    sh: str | None = None
    package_manager: str | None = None
    libc: str | None = None
    role: str | None = None
    smaller: str | None = None
    drops: bool = False
    programs: Mapping[str, bool] = field(default_factory=dict)
    distribution: str | None = None
    release: str | None = None
    product: str | None = None
    version: str | None = None
    rolling_only: bool = False
    rolling_release: bool = False
    discontinued: str | None = None

    def has_program(self, name: str) -> bool | None:
        """Return whether the image has a program in its search path; None where that is not known."""
        return self.programs.get(name)

    @property
    def runs_as_root(self) -> bool | None:
        """Return whether the default user is root; None where that is not known."""
        return None if self.user is None else is_root(self.user)


def is_root(user: str) -> bool:
    """Return whether a USER value (name or id, with or without a group) is the superuser."""
    name = user.partition(":")[0].strip().strip("\"'")
    return name == "root" or (name != "" and not name.strip("0"))


@lru_cache(maxsize=1024)
def parse_reference(text: str) -> Reference | None:
    """Split an image reference, the default registry and mirrors' names put in full.

    None for a text that still holds variables or is no reference.
    """
    if len(text) > _LONGEST:
        return None
    match = re.fullmatch(
        r"(?P<name>[\w./:-]*?[\w.-]+?)(?::(?P<tag>[\w.-]+))?(?:@(?P<digest>\w+:\w+))?", text.strip(), re.ASCII
    )
    if not match or "/" in (match["tag"] or ""):
        return None
    return Reference(_full_name(match["name"].lower()), match["tag"], match["digest"])


def _full_name(name: str) -> str:
    host, slash, rest = name.partition("/")
    if not slash:
        name = name if name == "scratch" else f"docker.io/library/{name}"
    elif not ("." in host or ":" in host or host == "localhost"):
        name = f"docker.io/{name}"
    elif host in {"docker.io", "index.docker.io"} and "/" not in rest:
        name = f"docker.io/library/{rest}"
    for mirror, original in base_data()["mirrors"].items():
        if name.startswith(mirror):
            return str(original) + name.removeprefix(mirror)
    return name


@lru_cache(maxsize=1024)
def base_of(reference: str) -> Base | None:
    """Return what is known of the image; None for an unknown repository or an unresolved reference."""
    parsed = parse_reference(reference)
    facts = facts_of(parsed.repository, parsed.tag or "latest") if parsed else None
    return _base(parsed, facts) if parsed and facts is not None else None


def supplement(kind: str) -> Mapping[str, Mapping[str, str]]:
    """Return what bases.yaml adds to eol.json: `end_of_life` or `extended` dates by product and cycle."""
    found: Mapping[str, Mapping[str, str]] = base_data()[kind]
    return found


def _base(reference: Reference, facts: Facts) -> Base:
    version = (
        _version(reference, facts.get("version", _VERSION)) if "version" in facts or reference.tag else None
    )
    distribution, release = _distribution(reference, facts.get("distribution"), version)
    product = facts.get("product")
    smaller = facts.get("smaller")
    return Base(
        repository=reference.repository,
        tag=reference.tag,
        user=facts.get("user"),
        users=facts.get("users") or {},
        shell=facts.get("shell"),
        sh=facts.get("sh"),
        package_manager=facts.get("package_manager"),
        libc=facts.get("libc"),
        role=facts.get("role"),
        smaller=smaller and smaller.replace("{v}", _prefix(reference, version)),
        drops=bool(facts.get("drops")),
        programs={name: has for name, has in facts.get("programs", {}).items() if has is not None},
        distribution=distribution,
        release=release,
        product=product,
        version=version if product else None,
        rolling_only=bool(facts.get("rolling")),
        rolling_release=bool(facts.get("rolling_release")),
        discontinued=facts.get("discontinued"),
    )


def _prefix(reference: Reference, version: str | None) -> str:
    """Return what the tag of a smaller variant starts with: the version or the release's code name."""
    names = [name for codenames in base_data()["codenames"].values() for name in codenames]
    found = version or next((name for name in names if name in (reference.tag or "")), "")
    return f"{found}-" if found else ""


def _version(reference: Reference, pattern: str | None) -> str | None:
    match = re.search(pattern, f"{reference.repository}:{reference.tag or ''}") if pattern else None
    return match[1] if match else None


def _distribution(
    reference: Reference, family: str | None, version: str | None
) -> tuple[str | None, str | None]:
    """Return the distribution and its release as the tag, or the repository's name, tells them."""
    text = f"{reference.repository.rpartition('/')[2]}:{reference.tag or ''}"
    words = set(re.findall(r"\w+", text))
    for distribution, names in base_data()["codenames"].items():
        for codename, release in names.items():
            if codename in words:
                return distribution, release
    match = re.search(r"\b(alpine|debian|ubuntu|fedora|centos|rockylinux)-?v?(\d+(?:\.\d+)?)", text)
    if match:
        return match[1].replace("rockylinux", "rocky"), match[2]
    own = {
        "alpine",
        "debian",
        "ubuntu",
        "centos",
        "fedora",
        "rockylinux",
        "almalinux",
        "oraclelinux",
        "amazonlinux",
    }
    if text.partition(":")[0] in own or (family == "rhel" and version):
        return family, version
    return family, None
