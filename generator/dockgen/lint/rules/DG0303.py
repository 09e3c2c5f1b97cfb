"""DG0303: ADD downloads a file without a checksum.

*Why*

Whoever controls the server, or the name that leads to it, decides what is in the image. With a checksum the
build stops when the file is not the one that was looked at.

*Bad*

```dockerfile
FROM alpine:3.24
ADD https://example.com/tool-1.2.tar.gz /opt/
```

*Good*

```dockerfile
FROM alpine:3.24
ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d \
    https://example.com/tool-1.2.tar.gz /opt/
```

*When it is fine*

The file is meant to change, such as a list of revocations, and nothing of it is run. What only tells the
cache of a new version (the GitHub API, `releases/latest`), and a file whose signature or checksum a later RUN
looks at, are not reported.

*References*

- https://docs.docker.com/reference/dockerfile/#add---checksum
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dockgen.dockerfile.model import Dockerfile, Instruction, Word
from dockgen.lint.knowledge.downloads import has_check
from dockgen.lint.knowledge.remotes import git_reference, is_download
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity
from dockgen.regexes import regex

_REMOVAL = regex(r"\brm\s[^;&|\n]{0,400}")
_AT_COMMIT = regex(
    r"(?i)^https://(?:raw\.githubusercontent\.com|gitlab\.com|codeberg\.org)/[^\s]{1,200}/[0-9a-f]{40}/"
)
RULE = Rule("DG0303", "add-without-checksum", Severity.WARNING)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at each source of ADD that is an address of a file."""
    for stage in dockerfile.stages:
        for place, instruction in enumerate(stage.instructions):
            if instruction.keyword != "ADD" or instruction.flag("checksum"):
                continue
            later = stage.instructions[place + 1 :]
            for word in instruction.words[:-1]:
                if not is_download(word.text) or git_reference(word.text) is not None:
                    continue
                # What a commit holds is the same for ever; who asks for more than the server's word, gets it.
                if context.profile is not Profile.STRICT and _AT_COMMIT.search(word.text):
                    continue
                names = _names(word.text, instruction.words[-1].text)
                if not (_is_checked(names, later) or _only_tells(dockerfile, word, names, later)):
                    mend = "add --checksum=sha256:… of the file that you looked at"
                    message = "ADD takes whatever the server sends: there is no --checksum"
                    yield RULE.at(word.span, message, mend=mend)


def _names(address: str, target: str) -> set[str]:
    """Return the names under which later steps can mean the file."""
    name = target.strip("\"'").rstrip("/").rpartition("/")[2]
    return {one for one in (name, address.strip("\"'").rpartition("/")[2]) if len(one) > 1}


def _is_checked(names: set[str], later: Sequence[Instruction]) -> bool:
    """Return whether a later RUN of the stage looks at a checksum or a signature of the file."""
    runs = (one for one in later if one.keyword == "RUN" and has_check(one))
    return any(name in one.text for one in runs for name in names)


def _only_tells(dockerfile: Dockerfile, word: Word, names: set[str], later: Sequence[Instruction]) -> bool:
    """Return whether the answer only tells the cache of a new version: no later step reads it."""
    address, line = word.text, word.span.start.line
    above = " ".join(one.text for one in dockerfile.comments if one.span.start.line == line - 1)
    asks = "://api.github.com/" in address or address.rstrip("/").endswith("/releases/latest")
    asks = asks or "cache" in f"{above} {names}".lower()
    texts = [_REMOVAL.sub("", one.text) for one in later] if asks else []
    return asks and not any(name in text for text in texts for name in names - {"latest"})
