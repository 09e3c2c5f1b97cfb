"""Does a file of a secret's name hold a secret's value? Asked before such a file may go into a build.

Stricter than what a finding needs: what cannot be judged counts as a secret, for a file that was let in by
mistake is in the image, and one that was left out by mistake is only missed.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath

from dockgen.lint.knowledge.secret_names import is_public_name, is_secret_name
from dockgen.lint.knowledge.token_shapes import tokens
from dockgen.regexes import regex

LIMIT = 128 * 1024
_LONGEST_LINE = 4_000
# NAME=value, name: value, "name": "value", <name>value</name>, key="name" value="value".
_VALUE = r"[ \t]*(?:\"(?P<double>[^\"\n]*)\"|'(?P<single>[^'\n]*)'|(?P<bare>[^\s\"'<>,;]+))"
_SHAPES = (
    regex(r"(?:^|[\s/:{,;\[\"'])(?P<name>[A-Za-z_][\w.-]{0,80})[\"']?[ \t]*[=:]" + _VALUE),
    regex(r"<(?P<name>[A-Za-z_][\w.-]{0,80})>[ \t]*(?P<bare>[^<\s][^<]*)<"),
    regex(r"key=\"(?P<name>[^\"]{1,80})\"[ \t]+value=\"(?P<bare>[^\"]*)\""),
    # .yarnrc: a name, a blank, a value.
    regex(
        r"^[ \t]*\"?(?:[^\s\"]*:)?(?P<name>[A-Za-z_-]{1,40})\"?[ \t]+[\"']?(?P<bare>[^\s\"'=:]+)[\"']?[ \t]*$"
    ),
)
# npm's, Yarn's and Docker's own words for credentials, beside those that any program would use.
_CREDENTIALS = {"_auth", "auth", "identitytoken", "registrytoken", "npmauthident", "_authtoken", "_password"}
_USER = regex(r"://(?P<user>[^\s/:@\"'<>]{0,200})(?::(?P<password>[^\s/@\"'<>]{0,400}))?@[\w.-]{1,253}")
_REFERENCE = r"\$\{[^}]*\}|\$\w+|%\w+%|\{\{[^}]*\}\}|<[^>]*>"
_NO_VALUE = regex(
    rf"(?i)(?:{_REFERENCE}|true|false|yes|no|on|off|null|none|undefined|x+|\*+|\.+|-+|change[-_ ]?(?:me|it)|"
    # The last: what Symfony's recipes write into every new .env.
    r"(?:your|my|the)[-_ ][\w -]*|todo|tbd|replace[-_ ]?me|!change\w*!)?"
)
# What RabbitMQ comes with, and takes from its own machine only (rabbitmq.com/docs/access-control).
_STOCK = ("guest", "guest")
_KEY_LIKE = regex(r"[A-Za-z0-9+/_=-]{24,}")
_ENTROPY = 3.7
_PUBLIC_BLOCKS = regex(r"-----BEGIN (?:CERTIFICATE|PUBLIC KEY|RSA PUBLIC KEY|X509 CRL|DH PARAMETERS)-----")


def why_secret(path: str, content: bytes | None) -> str | None:
    """Return why a file must not go into a build, with the line; None where it holds no secret's value.

    `content` is None for a file that cannot be read.
    """
    if content is None:
        return "it cannot be read, so nobody knows what it holds"
    if len(content) > LIMIT:
        return f"it is larger than {LIMIT // 1024} KiB, too large to be looked through"
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return "it is no text, so what it holds cannot be judged"
    if "\0" in text or any(len(line) > _LONGEST_LINE for line in text.splitlines()):
        return "it is no text of readable lines, so what it holds cannot be judged"
    return _why(path, text)


def _why(path: str, text: str) -> str | None:
    found = next(tokens(text), None)
    if found:
        return f"line {text.count(chr(10), 0, found.start) + 1} holds a secret: {found.kind}"
    if PurePosixPath(path).suffix.lower() in (".pem", ".key"):
        return None if _PUBLIC_BLOCKS.search(text) else "it is neither a certificate nor a public key"
    return next(_secret_lines(text), None)


def _secret_lines(text: str) -> Iterator[str]:
    for number, line in enumerate(text.splitlines(), start=1):
        settings = [*_settings(line)]
        public = any(is_public_name(name) for name, _ in settings)
        for address in _USER.finditer(line):
            # A user alone may be a public key of a service for browsers.
            if (address["user"], address["password"]) == _STOCK:
                continue
            if _literal(address["password"] or ("" if public else address["user"])):
                yield f"line {number} holds credentials in an address"
        for name, value in settings:
            if not _literal(value):
                continue
            if is_secret_name(name) or name.lower() in _CREDENTIALS:
                yield f"line {number} gives {name} a value"
            elif not is_public_name(name) and _is_key_like(value):
                yield f"line {number} gives {name} a value that looks like a key"


def _settings(line: str) -> Iterator[tuple[str, str]]:
    for shape in _SHAPES:
        for match in shape.finditer(line):
            groups = match.groupdict()
            yield match["name"], groups.get("double") or groups.get("single") or groups.get("bare") or ""


def _literal(value: str) -> bool:
    """Whether a value is one, and not a reference to a variable, a switch or a stand-in."""
    return not _NO_VALUE.fullmatch(value.strip())


def _is_key_like(value: str) -> bool:
    """Whether a value is as long and as irregular as keys are, and no address, path or sentence."""
    if not _KEY_LIKE.fullmatch(value) or value.count("/") > 2 or not re.search(r"\d", value):
        return False
    shares = [count / len(value) for count in Counter(value).values()]
    return -sum(share * math.log2(share) for share in shares) > _ENTROPY
