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

import re
from collections.abc import Iterator

from dockgen.dockerfile.model import Dockerfile, Instruction, Stage
from dockgen.lint.analysis.development import Tool, development_install, is_pruned
from dockgen.lint.analysis.fit import evidence
from dockgen.lint.analysis.manifests import manifest_text, names_development
from dockgen.lint.analysis.runs import calls
from dockgen.lint.knowledge.stages import is_workshop
from dockgen.lint.model import Context, Finding, Rule, Severity

RULE = Rule("DG0901", "development-packages", Severity.WARNING)
_DEVELOPS = re.compile(r"(?i)\bdev(elop(ment)?)?\b|\btests?\b|\bwatch\b|\bnodemon\b|\bstorybook\b")


def check(dockerfile: Dockerfile, context: Context) -> Iterator[Finding]:
    """Yield the installs of the final image that bring development's packages and keep them."""
    final = dockerfile.final_stage
    if final is None or is_workshop(dockerfile) or _DEVELOPS.search(_started(final)):
        return
    settings = evidence(final)
    if is_pruned(settings):
        return
    for stage in final.lineage:
        for instruction in stage.instructions:
            tool = _tool(instruction, settings)
            if tool and _has_any(stage, instruction, tool, context):
                yield RULE.at(
                    instruction.span,
                    f"{tool.program} installs what only development needs, and the final image keeps it",
                    mend="leave it out, or build in a stage of its own",
                )


def _started(stage: Stage) -> str:
    starts = [*stage.inherited("ENTRYPOINT"), *stage.inherited("CMD")]
    return f"{stage.name or ''} " + " ".join(word.text for one in starts for word in one.words)


def _tool(instruction: Instruction, settings: str) -> Tool | None:
    found = (
        development_install(call.words, f"{settings}\n{call.settings}")
        for call in calls(instruction)
        if call.certain and not call.elsewhere
    )
    return next((tool for tool in found if tool), None)


def _has_any(stage: Stage, instruction: Instruction, tool: Tool, context: Context) -> bool:
    if context.build is None:
        return True
    text = manifest_text(stage, instruction, tool.manifest, context.build)
    return text is not None and names_development(tool.manifest, text)
