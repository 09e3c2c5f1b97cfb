"""Options, settings and variables that switch the checks of TLS or of signatures off."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dockgen.dockerfile.model import Span
from dockgen.lint.knowledge.steps import Step
from dockgen.regexes import regex

_CLUSTER = regex(r"-([a-zA-Z]+)")
_OFF = regex(r"(?i)[\"']?(0|false|no|off)[\"']?")
_ON = regex(r"(?i)[\"']?(1|true|yes|on)[\"']?")
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
    "PIP_TRUSTED_HOST": regex(r".+"), "UV_INSECURE_HOST": regex(r".+"),
    "GOINSECURE": regex(r".+"),
    "BUNDLE_SSL_VERIFY_MODE": regex(r"0"),
}  # fmt: skip
_SIGNATURE_VARIABLES = {
    "GOSUMDB": regex(r"(?i)[\"']?off[\"']?"), "GONOSUMCHECK": _ON,
    "DOCKER_CONTENT_TRUST": regex(r"0"),
}  # fmt: skip
# Settings of a command, and lines of a settings file, that do the same; by program, each pattern bounded.
_DNF = r"--setopt[= ](?:[\w.-]{1,60}\.)?sslverify=(?:0|false|no|off)\b"
_APT = r"Acquire::https?::(?:[\w.-]{1,80}::)?Verify-(?:Peer|Host)=[\"']?(?:false|0|no)\b"
_CONDA = r"\bconfig\b.{0,80}\bssl_verify\s(?:false|no|0)\b"
_WRITTEN = (
    r"(?s)\bcheck_certificate\s{0,3}=\s{0,3}off\b.{0,400}wgetrc|(?<![\w-])(?:insecure|-k)(?![\w-]).{0,400}curlrc|"
    r"\bVerify-(?:Peer|Host)\b[\\\s=\"']{1,6}false\b.{0,400}apt\.conf"
)
_TLS_SETTINGS = {
    name: regex(pattern)
    for names, pattern in (
        ("dnf yum microdnf tdnf", _DNF),
        ("apt apt-get", _APT),
        ("conda mamba micromamba", _CONDA),
        ("composer", r"\bconfig\b.{0,80}\b(?:disable-tls\strue|secure-http\sfalse)\b"),
        ("bundle", r"\bconfig\b.{0,80}\bssl_verify_mode\s0\b"),
        ("go", r"\benv\s.{0,40}-w\s.{0,80}\bGOINSECURE=\S"),
        ("echo printf", _WRITTEN),
    )
    for name in names.split()
}
_LONGEST_SETTING = 2000
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
    yield from _tls_setting(step, texts)
    for name, value in step.variables:
        if tls_variable(name, value):
            yield step.span, f"{name}={value}"


def _tls_setting(step: Step, texts: list[str]) -> Iterator[tuple[Span, str]]:
    shape = _TLS_SETTINGS.get(step.name)
    if shape is None:
        return
    found = shape.search(" ".join([*texts, *(one.text for one in step.outputs)])[:_LONGEST_SETTING])
    if found:
        yield step.span, found[0]


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
    letters = {option[1] for option in wanted if len(option) == 2}
    for before, arg in zip((None, *step.args), step.args, strict=False):
        if before and before.text in _TAKE_A_VALUE:
            continue
        cluster = _CLUSTER.fullmatch(arg.text) if letters else None
        if arg.text in wanted or (cluster and not letters.isdisjoint(_without_values(step.name, cluster[1]))):
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
