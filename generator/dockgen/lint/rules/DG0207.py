"""DG0207: a program is made to run as its owner whoever starts it.

*Why*

A setuid program of root's is the classic way from an unprivileged user to root. Images need none; many
people take away those that the base has.

*Bad*

```dockerfile
FROM debian:trixie-slim
COPY tool /usr/local/bin/tool
RUN chmod u+s /usr/local/bin/tool
```

*Good*

```dockerfile
FROM debian:trixie-slim
COPY tool /usr/local/bin/tool
RUN setcap cap_net_raw=+ep /usr/local/bin/tool
```

*When it is fine*

The program drops its privileges by itself and no capability would do. `ping`, `fusermount` and
their like, which distributions ship so themselves, are told by the strict profile only.

*References*

- https://man7.org/linux/man-pages/man7/capabilities.7.html
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.knowledge.file_modes import mode_and_targets, sets_user_id
from dockgen.lint.knowledge.stages import shipped
from dockgen.lint.knowledge.steps import Argument, steps
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity

RULE = Rule("DG0207", "setuid-added", Severity.WARNING)


# They need raw sockets or mount for users, and distributions ship them so.
_SHIPPED_SO = frozenset(
    {
        "ping",
        "ping4",
        "ping6",
        "arping",
        "fping",
        "traceroute",
        "fusermount",
        "fusermount3",
        "mount",
        "umount",
    }
)


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Look at chmod and at --chmod in the final stage and its parents."""
    lenient = context.profile is not Profile.STRICT
    for stage in reversed(shipped(dockerfile)):
        for instruction in stage.instructions:
            flag = instruction.flag("chmod") if instruction.keyword in {"COPY", "ADD"} else None
            spans = [flag.span] if flag and sets_user_id((flag.value or "")[:80].strip("\"'")) else []
            for step in steps(instruction) if instruction.keyword == "RUN" else ():
                mode = mode_and_targets(step)
                if mode and sets_user_id(mode[0]) and not (lenient and _are_shipped_so(mode[1])):
                    spans.append(step.span)
            for span in spans:
                mend = "give the one capability it needs with setcap"
                yield RULE.at(span, "this program runs as its owner whoever starts it (setuid)", mend=mend)


def _are_shipped_so(targets: Sequence[Argument]) -> bool:
    return all(one.text.rpartition("/")[2] in _SHIPPED_SO for one in targets)
