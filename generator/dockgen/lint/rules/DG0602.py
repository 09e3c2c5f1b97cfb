"""DG0602: a rolling tag names a line of releases, not a release.

*Why*

Tags such as `lts`, `stable`, `edge`, `slim` or `alpine` move from one major version to the next on their
own. The build that passed its tests and the build that is deployed can hold different software.

*Bad*

```dockerfile
FROM node:lts-alpine
```

*Good*

```dockerfile
FROM node:24.21.0-alpine3.24
```

*When it is fine*

With a digest any tag is fixed. Some repositories (distroless, Chainguard) publish rolling tags only: there
the digest is the one way to pin, and enough. An image that the same repository builds moves with it.

*References*

- https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile
from dockgen.lint.analysis.images import image_uses, moves
from dockgen.lint.analysis.wanted import is_newest_wanted
from dockgen.lint.knowledge.own_images import is_own_image
from dockgen.lint.knowledge.stages import is_own_tool
from dockgen.lint.model import Context, Finding, Profile, Rule, Severity
from dockgen.regexes import regex

RULE = Rule("DG0602", "rolling-tag", Severity.WARNING)


_COMMIT = regex(r"(?<![0-9a-f])[0-9a-f]{40}(?![0-9a-f])")


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield each FROM whose tag moves, and each of a repository without fixed tags that has no digest."""
    if context.profile is not Profile.STRICT and is_own_tool(dockerfile.path):
        return
    for use in image_uses(dockerfile):
        if use.place != "FROM" or use.reference.digest or use.overridable:
            continue
        if context.profile is not Profile.STRICT and is_newest_wanted(dockerfile, use.span.start.line):
            continue
        tag = use.reference.tag or "latest"
        # A tag with a commit's hash in it is made once.
        if use.base and use.base.rolling_only and not _COMMIT.search(tag):
            yield RULE.at(
                use.span,
                f"{use.name} has rolling tags only, and {tag} comes without a digest",
                mend="add the digest: @sha256:…",
                severity=Severity.INFO,
            )
        elif moves(use) and not (context.build and is_own_image(use.name, context.build.root)):
            yield RULE.at(
                use.span,
                f"the tag {tag} of {use.name} moves from version to version",
                mend=f"name a version: {use.name}:<version>, best with its digest",
            )
