"""Which variable names stand for a secret, and which values are none."""

from __future__ import annotations

import re
from functools import lru_cache

from dockgen.regexes import regex

# One word that makes a name secret where it ends the name.
_WORDS = {
    "PASSWORD", "PASSWD", "PASSPHRASE", "PASSWORT", "SECRET", "TOKEN", "APIKEY", "APITOKEN", "CREDENTIAL",
    "CREDENTIALS", "PWD", "PASS", "PAT", "SECRETKEY", "AUTHTOKEN", "PRIVKEY", "ACCESSTOKEN", "PRIVATEKEY",
}  # fmt: skip
# KEY alone is mostly public (GPG_KEY, APT_KEY): the word before it decides.
_KEY_KINDS = {
    "API", "ACCESS", "PRIVATE", "SECRET", "ENCRYPTION", "SIGNING", "MASTER", "DEPLOY", "SSH", "JWT", "AUTH",
    "HMAC",
}  # fmt: skip
# Keys that a service gives out to be put into pages and applications.
_PUBLIC_KEYS = {
    "POSTHOG",
    "FIREBASE",
    "MAPS",
    "AMPLITUDE",
    "MIXPANEL",
    "SEGMENT",
    "ALGOLIA",
    "MAPTILER",
    "LOGROCKET",
}
# What may follow the secret word without changing its meaning.
_TAILS = {"BASE", "BASE64", "B64", "PROD", "PRODUCTION", "STAGING", "DEV", "RO", "RW"}
_PUBLIC_HEADS = {
    "VITE", "NEXT_PUBLIC", "REACT_APP", "NUXT_PUBLIC", "GATSBY", "EXPO_PUBLIC", "PUBLIC", "VUE_APP",
    "STORYBOOK",
}  # fmt: skip
_SWITCHES = {
    "ENABLE", "DISABLE", "USE", "ALLOW", "SKIP", "REQUIRE", "NO", "IS", "HAS", "WITH", "FORCE", "IGNORE",
    "RESET", "ENABLED", "DISABLED", "MAX", "MIN", "NUM", "PUBLIC", "PUBLISHABLE", "DUMMY", "FAKE", "EXAMPLE",
    "SITE", "EOS", "BOS", "PAD", "STOP", "MAPBOX", "TEST", "CSRF", "ANON",
}  # fmt: skip
# Folders (OLD_PWD), rounds (FIRST_PASS) and nginx's directives that name a server behind it (uwsgi_pass).
_NO_PASSES = {
    "OLD", "INIT", "CURRENT", "WORK", "BY", "FIRST", "SECOND", "UWSGI", "SCGI", "FASTCGI", "PROXY", "GRPC",
}  # fmt: skip
_PLACEHOLDER = regex(
    r"(?i)(dummy|placeholder|not.?a.?secret|not.?secret|fake|example|insecure|unused|ignored?|redacted|unset|"
    r"no.?password|build.?time|build.?only|for.?build|temp(orary)?|^x+$|^\*+$|^<.*>$|^-+$|^\.+$|^nothing$|"
    r"^foo(bar)?$|does.?n.?t.?matter|^your[-_ ]|^123456|^changeit$|^\*\*.*\*\*$|\{\{|\{%|<%)"
)
# What people write where a secret of their own is to stand, or start a development server with.
_STAND_IN = regex(
    r"(?i)change|replace|default|pass(?:word|wd|phrase)?|secret|token|key|random|string|super|very|long|"
    r"your|this|here|admin|root|user|guest|demo|test|local(?:host)?|dev(?:elopment)?|postgres(?:ql)?|my(?:sql)?|"
    r"mariadb|mongo(?:db)?|redis|rabbit(?:mq)?|minio|symfony|laravel|django|rails|app|data|base|the|me|it|is|not|"
    r"s[\W_]?[e3]cr[e3]t|p[a@4]ss?w[o0]rd|some|generate|set|in|prod(?:uction)?|for|use|only|and|a"
)
_LETTER_AND_DIGIT = regex(r"(?=.*[A-Za-z])(?=.*\d)")
_LEAST_MADE = 6
_NO_SECRET = regex(r"(?i)|true|false|yes|no|on|off|none|null|nil|disabled|enabled|undefined|\d{1,5}")


@lru_cache(maxsize=4096)
def is_secret_name(name: str) -> bool:
    """Return whether a variable of that name holds a secret by all conventions.

    Names of files, ids, addresses and limits (`AUTH_TOKEN_FILE`, `MAX_TOKENS`), public keys (`GPG_KEY`) and
    values made public by their prefix (`VITE_API_KEY`) are none.
    """
    words = _words_of(name)
    if is_public_name(name) or _SWITCHES & set(words):
        return False
    while len(words) > 1 and (words[-1] in _TAILS or words[-1].isdigit()):
        words.pop()
    if words[-1] == "KEY":
        return len(words) > 1 and words[-2] in _KEY_KINDS and not _PUBLIC_KEYS & set(words)
    if words[-1] in {"PWD", "PASS", "PAT"}:
        return len(words) > 1 and words[-2] not in _NO_PASSES
    return words[-1] in _WORDS or words[-1].endswith(("PASSWORD", "PASSWD"))


def is_public_name(name: str) -> bool:
    """Return whether a build puts a variable of that name into what every browser gets: `VITE_API_KEY`."""
    return "_".join(_words_of(name)).startswith(tuple(f"{head}_" for head in _PUBLIC_HEADS))


def _words_of(name: str) -> list[str]:
    return re.sub(r"([a-z0-9])([A-Z])", r"\1_\2", name).upper().replace("-", "_").strip("_").split("_")


def is_placeholder(value: str) -> bool:
    """Return whether a value is plainly no secret: empty, a switch, a small number, or a stand-in."""
    text = value.strip().strip("\"'").strip()
    return bool(_NO_SECRET.fullmatch(text) or _PLACEHOLDER.search(text))


def looks_made(value: str) -> bool:
    """Return whether a value looks like a generated secret, not like a word that stands for one.

    What is left without the usual stand-ins' words (`changeme`, `postgres1`) must have letters and digits.
    """
    text = value.strip().strip("\"'").strip()
    left = re.sub(r"[\W_]", "", _STAND_IN.sub("", text))
    return len(left) >= _LEAST_MADE and bool(_LETTER_AND_DIGIT.match(left)) and not is_placeholder(text)
