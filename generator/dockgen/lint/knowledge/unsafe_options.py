"""Options, settings and variables that switch the checks of TLS or of signatures off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockgen.dockerfile.model import Span
from dockgen.lint.knowledge.steps import Step

_OFF = re.compile(r"(?i)[\"']?(0|false|no|off)[\"']?")
_ON = re.compile(r"(?i)[\"']?(1|true|yes|on)[\"']?")
# Program to options; a bare short letter may stand in a cluster.
_TLS_OPTIONS = {
    "curl": {"--insecure", "--proxy-insecure", "-k"},
    "wget": {"--no-check-certificate"},
    "aria2c": {"--check-certificate=false"},
    "git": {"http.sslVerify=false", "http.sslverify=false"},
    "svn": {"--trust-server-cert"},
    "helm": {"--insecure-skip-tls-verify"},
    "kubectl": {"--insecure-skip-tls-verify"},
    "conda": {"--insecure"},
}
_SIGNATURE_OPTIONS = {
    "apt-get": {"--allow-unauthenticated", "--force-yes", "--allow-insecure-repositories"},
    "apt": {"--allow-unauthenticated", "--force-yes", "--allow-insecure-repositories"},
    "apk": {"--allow-untrusted"},
    "rpm": {"--nosignature", "--nodigest", "--noverify"},
    "yum": {"--nogpgcheck"},
    "dnf": {"--nogpgcheck", "--no-gpgchecks"},
    "microdnf": {"--nogpgcheck"},
    "tdnf": {"--nogpgcheck"},
    "zypper": {"--no-gpg-checks", "--no-gpg-check"},
    "dpkg": {"--force-bad-verify"},
    "cosign": {"--insecure-ignore-tlog", "--insecure-ignore-sct"},
}
_TLS_VARIABLES = {
    "NODE_TLS_REJECT_UNAUTHORIZED": _OFF, "NPM_CONFIG_STRICT_SSL": _OFF, "YARN_ENABLE_STRICT_SSL": _OFF,
    "GIT_SSL_NO_VERIFY": _ON, "PYTHONHTTPSVERIFY": _OFF, "CONDA_SSL_VERIFY": _OFF, "HEX_UNSAFE_HTTPS": _ON,
    "PIP_TRUSTED_HOST": re.compile(r".+"), "UV_INSECURE_HOST": re.compile(r".+"),
    "GOINSECURE": re.compile(r".+"),
    "BUNDLE_SSL_VERIFY_MODE": re.compile(r"0"),
}  # fmt: skip
_SIGNATURE_VARIABLES = {
    "GOSUMDB": re.compile(r"(?i)[\"']?off[\"']?"), "GONOSUMCHECK": _ON,
    "DOCKER_CONTENT_TRUST": re.compile(r"0"),
}  # fmt: skip
_BLIND_TRUST = ("trusted", "gpgcheck", "AllowUnauthenticated")
_TAKE_A_VALUE = {
    "-H",
    "--header",
    "-d",
    "--data",
    "-o",
    "--output",
    "-A",
    "--user-agent",
    "-u",
    "--user",
    "-e",
}


def tls_variable(name: str, value: str) -> bool:
    """Return whether a variable of that value switches the check of certificates off."""
    shape = _TLS_VARIABLES.get(name.upper())
    return bool(shape and shape.fullmatch(value.strip("\"'")))


def signature_variable(name: str, value: str) -> bool:
    """Return whether a variable of that value switches the check of checksums or signatures off."""
    shape = _SIGNATURE_VARIABLES.get(name.upper())
    return bool(shape and shape.fullmatch(value.strip("\"'")))


def tls_off(step: Step) -> Iterator[tuple[Span, str]]:
    """Yield each option of a command that makes it accept any certificate."""
    yield from _options(step, _TLS_OPTIONS)
    texts = [arg.text for arg in step.args]
    if step.name in {"pip", "pip3", "python", "python3", "uv"}:
        yield from _pip(step)
    elif step.name in {"npm", "yarn", "pnpm"} and {"config", "set"} <= set(texts):
        yield from _setting(step, "strict-ssl", _OFF)
    elif step.name == "git" and "config" in texts:
        yield from _setting(step, "http.sslverify", _OFF)
    for name, value in step.variables:
        if tls_variable(name, value):
            yield step.span, f"{name}={value}"


def signatures_off(step: Step) -> Iterator[tuple[Span, str]]:
    """Yield each option of a command that makes it take packages without a valid signature."""
    # `apk index --allow-untrusted` lists what the build made itself: nothing is installed.
    if step.name != "apk" or any(arg.text in {"add", "fix", "upgrade"} for arg in step.args):
        yield from _options(step, _SIGNATURE_OPTIONS)
    for arg in step.args:
        text = arg.text
        if not any(hint in text for hint in _BLIND_TRUST) or "file:" in text:
            continue  # `file:` is a repository of the build's own making
        text = text.replace(" ", "")
        trusted = re.search(r"(?<!\w)trusted=yes\b|^gpgcheck=0\b|\ngpgcheck=0\b", text)
        if trusted or re.search(r"(?i)AllowUnauthenticated=?[\"']?(true|1)", text):
            yield arg.span, (trusted[0].strip() if trusted else "AllowUnauthenticated")
    for name, value in step.variables:
        if signature_variable(name, value):
            yield step.span, f"{name}={value}"


def _options(step: Step, options: dict[str, set[str]]) -> Iterator[tuple[Span, str]]:
    wanted = options.get(step.name)
    if not wanted:
        return
    letters = {option[1] for option in wanted if re.fullmatch(r"-\w", option)}
    for before, arg in zip((None, *step.args), step.args, strict=False):
        if before and before.text in _TAKE_A_VALUE:
            continue
        cluster = re.fullmatch(r"-([a-zA-Z]+)", arg.text)
        if arg.text in wanted or (cluster and letters & set(_without_values(step.name, cluster[1]))):
            yield arg.span, arg.text


def _without_values(program: str, cluster: str) -> str:
    """Cut a cluster of short options behind the first that takes a value (`-ok` of curl writes to `k`)."""
    match = re.search(r"[AbcCdDeEFhHKmoPQrtTuUwxXyYz]", cluster) if program == "curl" else None
    return cluster[: match.start() + 1] if match else cluster


def _pip(step: Step) -> Iterator[tuple[Span, str]]:
    for arg in step.args:
        if arg.text.partition("=")[0] in {"--trusted-host", "--allow-insecure-host"}:
            yield arg.span, arg.text.partition("=")[0]
    texts = [arg.text for arg in step.args]
    if "config" in texts and any(text.endswith(".trusted-host") for text in texts):
        yield step.span, "trusted-host"


def _setting(step: Step, name: str, off: re.Pattern[str]) -> Iterator[tuple[Span, str]]:
    texts = [arg.text for arg in step.args]
    for arg, after in zip(step.args, [*texts[1:], ""], strict=True):
        key, equals, value = arg.text.partition("=")
        if key.lower() == name and off.fullmatch(value if equals else after):
            yield arg.span, f"{name} {value if equals else after}"
