"""Which files hold secrets: by name, and where the file can be read, by what is in it."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

from dockgen.lint.knowledge.secret_names import is_placeholder, is_secret_name, looks_made
from dockgen.lint.knowledge.token_shapes import tokens, url_credentials
from dockgen.regexes import regex

_LIMIT = 128 * 1024
CERTAIN = {
    "id_rsa": "SSH key", "id_dsa": "SSH key", "id_ecdsa": "SSH key", "id_ed25519": "SSH key",
    ".netrc": "password file", "_netrc": "password file", ".git-credentials": "password file",
    ".pgpass": "password file", ".pypirc": "registry credentials", ".dockercfg": "registry credentials",
    ".vault-token": "token", "application_default_credentials.json": "cloud credentials",
    ".env": "environment file", ".env.local": "environment file", ".env.production.local": "environment file",
    ".env.development.local": "environment file",
}  # fmt: skip
CERTAIN_PATHS = {
    ".aws/credentials": "cloud credentials", ".docker/config.json": "registry credentials",
    ".kube/config": "cluster credentials", ".gem/credentials": "registry credentials",
    "gcloud/credentials.db": "cloud credentials", "config/master.key": "master key",
    ".cargo/credentials.toml": "registry credentials", ".cargo/credentials": "registry credentials",
}  # fmt: skip
CERTAIN_SUFFIXES = {".pfx": "key store", ".p12": "key store", ".ppk": "SSH key", ".kdbx": "password store"}
_LAST_NAMES = CERTAIN.keys() | {path.rpartition("/")[2] for path in CERTAIN_PATHS}
# Their content decides; without it nothing is said.
_BY_CONTENT = regex(
    r"(?i)^(\.env\..+|.+\.env|\.npmrc|\.yarnrc(\.yml)?|auth\.json|nuget\.config|settings\.xml|secrets?\.(ya?ml|json|toml|env)|"
    r"credentials(\.json)?|service[_-]?account.*\.json|client_secret.*\.json|.+\.tfvars|.+\.tfstate|.+\.ovpn|"
    r".+\.(pem|key|asc)|pip\.conf|\.htpasswd|config\.json)$"
)
_SAMPLE = regex(
    r"(?i)(^|[._-])(example|sample|template|tmpl|tpl|dist|default|defaults|schema|pub|test|spec|ci)([._-]|$)"
)
_ELSEWHERE = regex(
    r"(?i)(^|/)(([\w-]+[_-])?tests?([_-][\w-]+)?|testing|testdata|fixtures?|__tests__|specs?|e2e|integration|examples?|samples?|docs?|mocks?|"
    r"node_modules|vendor|third_party|site-packages|\.git|\.venv|venv)/"
)
_ASSIGNMENT = regex(r"^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*[=:](.*)$", re.MULTILINE)
_REGISTRY = regex(r"(?i)(_authToken|_password|_auth|npmAuth(Token|Ident))\s*[=:]\s*[\"']?[^\s\"'$]{8,}")


def secret_file(path: str) -> str | None:
    """Return what kind of secret a file of that name holds for certain; None for any other."""
    # Most paths end on no such name, and taking them apart takes longer than to see that.
    last = path.rstrip("/.").rpartition("/")[2]
    if last not in _LAST_NAMES and not last.lower().endswith(tuple(CERTAIN_SUFFIXES)):
        return None
    pure = PurePosixPath(path)
    tail = "/".join(pure.parts[-2:])
    found = CERTAIN.get(pure.name) or CERTAIN_PATHS.get(tail) or CERTAIN_SUFFIXES.get(pure.suffix.lower())
    return None if found and (_SAMPLE.search(pure.name) or _ELSEWHERE.search(path)) else found


def secret_in(root: Path, path: str, *, sure: bool = False) -> str | None:
    """Return what secret the file really holds, judged by name and content; None if none.

    Where it has to be `sure`, a setting of an environment file counts only if its value looks generated.
    """
    named = secret_file(path)
    name = PurePosixPath(path).name
    if _ELSEWHERE.search(path) or _SAMPLE.search(name) or not (named or _BY_CONTENT.match(name)):
        return None
    text = _read(root / path)
    if text is None:
        return named
    if named and named != "environment file":
        return named if text.strip() and not _is_form(text) else None
    return _judged(name, text, sure=sure)


def _read(path: Path) -> str | None:
    try:
        if not path.is_file() or path.is_symlink():
            return None
        with path.open("rb") as file:
            return file.read(_LIMIT).decode("utf-8", "replace")
    except OSError:
        return None


def _judged(name: str, text: str, *, sure: bool) -> str | None:
    found = next(tokens(text), None) or next(url_credentials(text), None)
    if found:
        return found.kind
    if _REGISTRY.search(text) and ("npm" in name or "yarn" in name):
        return "registry credentials"
    if ".env" in name.lower() and _secret_settings(text, sure=sure):
        return "environment file"
    return None


def _is_form(text: str) -> bool:
    """Return whether there are settings, and each is a place for a value that somebody else fills in."""
    values = [match[2].strip() for match in _ASSIGNMENT.finditer(text)]
    return "-----BEGIN" not in text and bool(values) and all(map(is_placeholder, values))


def _secret_settings(text: str, *, sure: bool) -> bool:
    pairs = (match.groups() for match in _ASSIGNMENT.finditer(text))
    values = (value.partition(" #")[0].strip() for key, value in pairs if is_secret_name(key))
    return any(_is_value(value) and (looks_made(value) or not sure) for value in values)


def _is_value(text: str) -> bool:
    return not text.startswith(("#", "$")) and not is_placeholder(text)


def is_often_secret(path: str) -> bool:
    """Return whether people keep secrets in files of that name, if not always: .npmrc, .ssh, *.key."""
    pure = PurePosixPath(path)
    if secret_file(path) or pure.name in {
        ".ssh",
        ".aws",
        ".gnupg",
        ".npmrc",
        ".yarnrc.yml",
        "auth.json",
        ".cargo",
    }:
        return True
    return pure.suffix == ".key" or pure.name in {"credentials", "settings.xml", "pip.conf"}
