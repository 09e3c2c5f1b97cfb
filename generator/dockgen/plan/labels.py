"""Labels that are always true; what changes with each build is given at build.

Sources: the OCI image specification, annotations.md; http://label-schema.org/rc1/.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dockgen.plan.model import ImageRef

OCI = "org.opencontainers.image."
_OLDER = {
    "title": "name",
    "description": "description",
    "vendor": "vendor",
    "url": "url",
    "source": "vcs-url",
}
_FIELDS = ("title", "description", "authors", "vendor", "licenses", "url", "source", "documentation")


def labels_of(answers: Mapping[str, Any], runtime: ImageRef | None) -> dict[str, str]:
    """Return the labels known to be true of every build, in the specification's order."""
    labels = {f"{OCI}{name}": str(answers[name]) for name in _FIELDS if answers.get(name)}
    if runtime:
        labels[f"{OCI}base.name"] = runtime.name
    labels |= {name: str(answers[name]) for name in ("maintainer", "securitytxt") if answers.get(name)}
    if answers.get("label_schema"):
        older = {f"org.label-schema.{new}": labels.get(f"{OCI}{old}", "") for old, new in _OLDER.items()}
        labels |= {"org.label-schema.schema-version": "1.0"} | {k: v for k, v in older.items() if v}
    return labels


def build_labels(runtime: ImageRef | None, git: str | None = "git") -> dict[str, str]:
    """Return the labels that each build gives itself, with the shell text for their values.

    `git` is the command that asks the project's own repository, None where that has nothing to say yet.
    """
    labels = {}
    if git:
        labels[f"{OCI}version"] = f"$({git} describe --tags --always --dirty)"
        labels[f"{OCI}revision"] = f"$({git} rev-parse HEAD)"
    labels[f"{OCI}created"] = "$(date -u +%Y-%m-%dT%H:%M:%SZ)"
    return labels | ({f"{OCI}base.digest": runtime.digest} if runtime else {})
