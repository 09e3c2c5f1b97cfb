"""DG0501: an ARG or ENV carries a secret.

*Why*

Build arguments stand in the image's history and in its provenance, environment variables in its
configuration: whoever can pull the image reads them, with no need to start it.

*Bad*

```dockerfile
FROM node:24-slim
ARG NPM_TOKEN
RUN npm config set //registry.npmjs.org/:_authToken "$NPM_TOKEN" && npm ci
```

*Good*

```dockerfile
FROM node:24-slim
RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN,required=true npm ci
```

*When it is fine*

The value is public, or a stand-in that only satisfies the build (`SECRET_KEY_BASE_DUMMY=1`). The name that
belongs to a secret (`S3_ACCESS_KEY` beside `S3_SECRET_KEY`) is not told beside it. An ENV of a
stage that is not shipped is told by the strict profile only.

*References*

- https://docs.docker.com/build/building/secrets/
- https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Instruction, Word
from dockgen.lint.knowledge.secret_names import is_placeholder, is_secret_name
from dockgen.lint.knowledge.stages import shipped
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity
from dockgen.regexes import regex

# What names a public key, and what names a file: neither is the secret itself.
_FINGERPRINT = regex(r"(?:0x)?(?:[0-9A-F]{4}\s{0,2}){4,10}")
_PATH = regex(r"/|\.{1,2}/|~/|file:|\S{1,200}\.(?:pem|key|crt|json|txt|ya?ml|p12|jks|env)$")
_KEYWORDS = frozenset({"ARG", "ENV"})
RULE = Rule("DG0501", "secret-in-arg-or-env", Severity.ERROR)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at the names of ARG and ENV, and for those with a value whether it may be a secret."""
    seen: set[str] = set()
    # Arguments whose value here is no secret: to pass them on makes none of it.
    public: set[str] = set()
    names = {key.text for one in dockerfile.instructions if one.keyword in _KEYWORDS for key, _ in one.pairs}
    in_image = {id(one) for stage in shipped(dockerfile) for one in stage.instructions}
    for instruction in dockerfile.instructions:
        if instruction.keyword not in _KEYWORDS:
            continue
        if (
            instruction.keyword == "ENV"
            and context.profile is not Profile.STRICT
            and id(instruction) not in in_image
        ):
            continue
        for key, value in instruction.pairs:
            if not is_secret_name(key.text) or key.text in seen or _is_public_half(key.text, names):
                continue
            if not _may_hold(instruction, key, value):
                public |= {f"${key.text}", f"${{{key.text}}}"} if instruction.keyword == "ARG" else set()
                continue
            if value and value.text.strip("\"'") in public:
                continue
            seen.add(key.text)
            place = (
                "build arguments stand in the image's history"
                if instruction.keyword == "ARG"
                else ("the image's configuration shows it to whoever can pull it")
            )
            mend = "pass it with RUN --mount=type=secret, or give it to the container at run time"
            yield RULE.at(key.span, f"{key.text} is a secret by its name: {place}", mend=mend)


def _is_public_half(name: str, names: set[str]) -> bool:
    """Return whether a key is the name of an account whose secret has a variable of its own."""
    head, found, tail = name.upper().rpartition("ACCESS_KEY")
    if not found or tail or "SECRET" in head:
        return False
    return any(one.upper().startswith(head) and "SECRET" in one.upper() for one in names)


def _may_hold(instruction: Instruction, key: Word, value: Word | None) -> bool:
    """Return whether the value can be a secret; an ARG without one waits for it."""
    text = value.text.strip("\"'") if value else ""
    if not text:
        return instruction.keyword == "ARG"
    reads_itself = text.strip("${}").partition(":")[0].rstrip("-+?") == key.text
    if instruction.keyword == "ARG" and reads_itself:
        return False
    if key.text.upper().endswith("KEY") and _FINGERPRINT.fullmatch(text):
        return False
    return not is_placeholder(text) and not _PATH.match(text)
