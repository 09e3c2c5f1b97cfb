"""DG0901: packages that only development needs are shipped.

*Why*

Test runners, bundlers and linters bring hundreds of packages with them: more to download, more
vulnerabilities to report and to exploit, and nothing that the running program calls.

*Bad*

```dockerfile
FROM node:24.21.0-trixie-slim
COPY package.json package-lock.json ./
RUN npm ci
CMD ["node", "server.js"]
```

*Good*

```dockerfile
FROM node:24.21.0-trixie-slim
COPY package.json package-lock.json ./
RUN npm ci --omit=dev
CMD ["node", "server.js"]
```

*When it is fine*

In build stages, and in images for development and tests.

*References*

- https://docs.docker.com/build/building/best-practices/#dont-install-unnecessary-packages
"""

from __future__ import annotations

from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Span, Stage
from dockgen.lint.analysis.development import Install, Tool, copied, installs, is_pruned
from dockgen.lint.analysis.manifests import is_development, manifest_text, names_development, script_words
from dockgen.lint.analysis.stages import transfers
from dockgen.lint.knowledge.stages import is_started, is_workshop
from dockgen.lint.model import Context, Finding, Rule, Severity
from dockgen.regexes import regex

RULE = Rule("DG0901", "development-packages", Severity.WARNING)
_DEVELOPS = regex(r"(?i)\bdev(elop(ment)?)?\b|\btests?\b|\bwatch\b|nodemon|storybook|cypress|playwright")
_MODULE = regex(r"node_modules/(?:\.bin/)?((?:@[\w.-]+/)?[\w.-]+)")


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield the installs of the final image, and the copies into it, that bring development's packages."""
    final = dockerfile.final_stage
    if final is None or not is_started(final) or is_workshop(dockerfile) or _DEVELOPS.search(_started(final)):
        return
    for stage in final.lineage:
        for install in installs(stage):
            if not is_pruned(final) and _has_any(install, final, context):
                yield _finding(install.instruction.span, install.tool)
        for transfer in transfers(dockerfile, stage):
            source = copied(dockerfile, transfer)
            if source and not is_pruned(final) and _has_any(source, final, context):
                yield _finding(transfer.instruction.span, source.tool)


def _finding(span: Span, tool: Tool) -> Finding:
    return RULE.at(
        span,
        f"{tool.program} installs what only development needs, and the final image keeps it",
        mend="leave it out, or build in a stage of its own",
    )


def _started(stage: Stage) -> str:
    starts = [*stage.inherited("ENTRYPOINT"), *stage.inherited("CMD")]
    return f"{stage.name or ''} " + " ".join(word.text for one in starts for word in one.words)


def _has_any(install: Install, final: Stage, context: Context) -> bool:
    """Return whether the manifest has packages for development that the image does not start itself.

    Where the manifest is not known, it has.
    """
    if context.build is None:
        return True
    manifest = install.tool.manifest
    text = manifest_text(install.stage, install.instruction, manifest, context.build)
    if text is None or not names_development(manifest, text, install.tool.program):
        return False
    started = _MODULE.search(_started(final))
    if started and is_development(text, started[1]):
        return False
    return not any(is_development(text, word) for word in script_words(text, _started(final)))
