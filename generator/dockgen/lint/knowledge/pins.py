"""Versions of languages and frameworks that a step pins outside of FROM."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Instruction, Span, Stage
from dockgen.lint.knowledge.packages import packages
from dockgen.lint.knowledge.steps import Step, steps
from dockgen.records import record
from dockgen.regexes import regex

_VARIABLES = {
    "NODE_VERSION": "nodejs", "NODEJS_VERSION": "nodejs", "NODE_MAJOR": "nodejs", "PYTHON_VERSION": "python",
    "GO_VERSION": "go", "GOLANG_VERSION": "go", "RUBY_VERSION": "ruby", "PHP_VERSION": "php",
    "DJANGO_VERSION": "django", "DOTNET_VERSION": "dotnet", "RAILS_VERSION": "rails",
}  # fmt: skip
_FRAMEWORKS = {
    "pip": {"django": "django"}, "pip3": {"django": "django"},
    "npm": {"next": "nextjs", "nuxt": "nuxt", "@angular/cli": "angular"},
    "gem": {"rails": "rails"}, "composer": {"laravel/framework": "laravel"},
}  # fmt: skip
# A package whose name holds the version: python3.7, php7.4-fpm, ruby2.7, golang-1.19-go, dotnet-sdk-6.0.
_NAMED = regex(r"(python|php|ruby|golang|dotnet-sdk|dotnet-runtime|aspnetcore-runtime)-?(\d+\.\d+)(?:-.*)?")
_PRODUCTS = {
    "golang": "go",
    "dotnet-sdk": "dotnet",
    "dotnet-runtime": "dotnet",
    "aspnetcore-runtime": "dotnet",
}
_NODESOURCE = regex(r"nodesource\.com/(?:setup|node)_(\d+)\.x")
# Whose packages are not the distribution's: it maintains the versions that it ships by itself.
_OTHER_SOURCES = regex(
    r"(?i)deadsnakes|ondrej|sury\.org|\bppa:|add-apt-repository|remi(?:repo|-release|\.)|\bixus\b|brightbox|"
    r"packages\.microsoft\.com|dotnet/backports"
)
_DISTRIBUTIONS = regex(r"\b(?:apt-get|apt|apk)\b")
_VENDORS = regex(r"\b(?:yum|dnf|microdnf)\b")
_FETCHES = regex(r"\b(?:curl|wget)\b")
# A package's version as Debian and Ubuntu write it: they mend that version as long as the release lives.
_OF_DISTRIBUTION = regex(r"\d(?:\+dfsg|\+ds|~deb|\+deb|-\d{1,3}ubuntu)")
_EXACT = regex(r"([\w@/.-]+?)(?:==|@|:)\^?~?(\d+(?:\.\d+)*)(?:\.\*)?")


@record
class Pin:
    """A product of the end-of-life data at a version, as it is written and where.

    `packaged` says that it is a package with the version in its name, `argument` names the ARG whose default
    it is.
    """

    product: str
    version: str
    written: str
    span: Span
    packaged: bool = False
    argument: str = ""


def is_unread(pin: Pin, dockerfile: Dockerfile) -> bool:
    """Return whether the pin is an argument's default that nothing in the file reads."""
    if not pin.argument:
        return False
    read = re.compile(rf"\$\{{?{re.escape(pin.argument)}\b")
    texts = (one.text for stage in dockerfile.stages for one in (stage.start, *stage.instructions))
    documents = (
        heredoc.content
        for stage in dockerfile.stages
        for one in stage.instructions
        for heredoc in one.heredocs
    )
    return not any(map(read.search, (*texts, *documents)))


def is_kept_alive(pin: Pin, stage: Stage) -> bool:
    """Return whether the distribution keeps the version alive that is installed or meant.

    It does so with packages that it ships under a version's name, and a vendor (dnf, yum) with its streams:
    where the stage has other sources of packages or downloads something, nobody knows.
    """
    if _OF_DISTRIBUTION.search(pin.written):
        return True
    texts = [one.text for keyword in ("RUN", "COPY", "ADD") for one in stage.inherited(keyword)]
    if any(map(_OTHER_SOURCES.search, texts)):
        return False
    if any(_is_packaged_by(pin, text) for text in texts) and not any(map(_FETCHES.search, texts)):
        return True
    by_vendor = any(map(_VENDORS.search, texts)) and not any(map(_FETCHES.search, texts))
    return pin.packaged or by_vendor


def _is_packaged_by(pin: Pin, text: str) -> bool:
    """Return whether a step installs a package of the distribution whose name the variable completes."""
    variable, is_one, _ = pin.written.partition("=")
    name = rf"\s[a-z]{{1,20}}\$\{{?{re.escape(variable)}\b"
    return bool(is_one and _DISTRIBUTIONS.search(text) and re.search(name, text))


def pins(instruction: Instruction) -> Iterator[Pin]:
    """Yield the pins of one instruction."""
    if instruction.keyword in {"ENV", "ARG"}:
        for key, value in instruction.pairs:
            version = re.match(r"[\"']?v?(\d+(?:\.\d+)*)", value.text) if value else None
            if version and key.text in _VARIABLES:
                written = f"{key.text}={value.text if value else ''}"
                argument = key.text if instruction.keyword == "ARG" else ""
                yield Pin(_VARIABLES[key.text], version[1], written, key.span, argument=argument)
    elif instruction.keyword == "RUN":
        for step in steps(instruction):
            yield from _of_step(step)


def _of_step(step: Step) -> Iterator[Pin]:
    for package in packages(step):
        named = _NAMED.fullmatch(package.name)
        if named:
            yield Pin(_PRODUCTS.get(named[1], named[1]), named[2], package.name, package.span, packaged=True)
        elif package.name == "nodejs" and package.version and package.version[0].isdigit():
            yield Pin("nodejs", package.version.rstrip(".*"), f"nodejs {package.version}", package.span)
    frameworks = _FRAMEWORKS.get(step.name, {})
    for arg in step.args:
        found = _NODESOURCE.search(arg.text) if "nodesource" in arg.text else None
        if found:
            yield Pin("nodejs", found[1], f"Node.js {found[1]}", arg.span)
        exact = _EXACT.fullmatch(arg.text) if frameworks else None
        product = exact and frameworks.get(exact[1].lower())
        if exact and product:
            yield Pin(product, exact[2], arg.text, arg.span)
