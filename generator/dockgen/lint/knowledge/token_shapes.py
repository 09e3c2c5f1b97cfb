"""Tokens and keys that their issuers gave a shape of their own, and credentials in addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from dockgen.lint.knowledge.secret_names import is_placeholder
from dockgen.records import record
from dockgen.regexes import regex

# The issuers' own documentation names these prefixes so that scanners can find them.
_SHAPES = {
    "AWS access key id": r"(?:AKIA|ASIA)[0-9A-Z]{16}",
    "GitHub token": r"gh[pousr]_[A-Za-z0-9]{36,}|github_pat_[A-Za-z0-9_]{60,}",
    "GitLab token": r"gl(?:pat|dt|rt|ptt|ft|cbt)-[A-Za-z0-9_-]{20,}",
    "npm token": r"npm_[A-Za-z0-9]{36}",
    "PyPI token": r"pypi-AgE[A-Za-z0-9_-]{50,}",
    "Slack token": r"xox[abprs]-[0-9]{6,}-[A-Za-z0-9-]{10,}",
    "Slack webhook": r"https://hooks\.slack\.com/services/T[A-Z0-9]{6,}/B[A-Z0-9]{6,}/[A-Za-z0-9]{16,}",
    "Stripe key": r"[rs]k_live_[A-Za-z0-9]{20,}",
    "Anthropic key": r"sk-ant-[A-Za-z0-9_-]{30,}",
    "OpenAI key": r"sk-(?:proj|svcacct)-[A-Za-z0-9_-]{30,}|sk-[A-Za-z0-9]{48}",
    "Google API key": r"AIza[0-9A-Za-z_-]{35}",
    "SendGrid key": r"SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}",
    "Hugging Face token": r"hf_[A-Za-z]{34}",
    "Docker token": r"dckr_(?:pat|oat)_[A-Za-z0-9_-]{20,}",
    "DigitalOcean token": r"do[opr]_v1_[a-f0-9]{64}",
    "Shopify token": r"shp(?:at|ca|pa|ss)_[a-fA-F0-9]{32}",
    "Sentry token": r"sntr[yu]s_[A-Za-z0-9+/=_-]{40,}",
    "Vault token": r"hvs\.[A-Za-z0-9_-]{24,}",
    "Atlassian token": r"ATATT3[A-Za-z0-9_=-]{60,}",
    "age key": r"AGE-SECRET-KEY-1[A-Z0-9]{58}",
    "private key": r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY(?: BLOCK)?-----",
}
_ANY = regex("|".join(f"(?<![A-Za-z0-9_-])(?:{shape})" for shape in _SHAPES.values()))
_HINTS = ("AKIA", "ASIA", "ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-", "gldt-", "glrt-",
    "glptt-", "glft-", "glcbt-", "npm_", "pypi-", "xox", "hooks.slack", "k_live_", "sk-", "AIza", "SG.",
          "hf_", "dckr_", "_v1_", "shp", "sntr", "hvs.", "ATATT", "AGE-", "PRIVATE KEY")  # fmt: skip
# Every part is bounded: a line may be a mebibyte long.
_URL = regex(
    r"://(?P<user>[^\s/:@\"'<>\\|]{0,200}):(?P<password>[^\s/@\"'<>\\|]{1,400})@(?P<host>[\w.-]{1,253})"
)


@record
class Token:
    """A secret found in a text: what it is, and where (half-open offsets)."""

    kind: str
    start: int
    end: int


def hints(text: str) -> list[str]:
    """Return at little cost what a text holds of tokens' beginnings: without one, it holds no token."""
    return [hint for hint in _HINTS if hint in text]


def tokens(text: str, among: Iterable[str] = _HINTS) -> Iterator[Token]:
    """Yield literals that have the shape of a known kind of token and are no documentation example.

    `among` is what a larger text of which this is a part holds of `hints`.
    """
    if not any(hint in text for hint in among):
        return
    for match in _ANY.finditer(text):
        if _is_example(match[0]):
            continue
        kind = next(kind for kind, shape in _SHAPES.items() if re.fullmatch(shape, match[0]))
        yield Token(kind, match.start(), match.end())


def _is_example(token: str) -> bool:
    if token.startswith("-----"):
        return False
    body = re.sub(r"^[A-Za-z]+[_-]", "", token)
    if "EXAMPLE" in token.upper() or len(set(body)) < 8:
        return True
    return bool(re.search(r"(.)\1{5}|0123456|abcdef", body))


def url_credentials(text: str) -> Iterator[Token]:
    """Yield user and password that stand literally in an address.

    Variables are none, nor are stand-ins for a service of the build itself (`postgres://app:app@localhost`).
    """
    if "@" not in text or "://" not in text:
        return
    for match in _URL.finditer(text):
        if not _is_stand_in(match["user"], match["password"], match["host"]):
            yield Token("credentials in an address", match.start("user"), match.end("password"))


def _is_stand_in(user: str, password: str, host: str) -> bool:
    local = "." not in host or host.startswith("127.") or host.endswith((".local", ".invalid", ".test"))
    if "$" in password or local or is_placeholder(password):
        return True
    return password == user or bool(
        re.fullmatch(r"x-oauth-basic|[*x]+|pass(word)?|secret|\{+\w*\}+", password)
    )
