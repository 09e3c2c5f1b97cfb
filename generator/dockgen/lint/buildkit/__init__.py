"""BuildKit's own build checks, told from the text alone: no engine is asked.

The names, what they mean and when they speak follow the linter of BuildKit's Dockerfile front end
(https://docs.docker.com/reference/build-checks/). Where that linter reads a base image's configuration,
these checks use what is known of public images and else stay silent.
"""

from dockgen.lint.buildkit.registry import pages, registered
from dockgen.lint.buildkit.runner import run

__all__ = ["pages", "registered", "run"]
