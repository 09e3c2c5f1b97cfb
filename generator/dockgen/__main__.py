"""`python -m dockgen`."""

import sys

from dockgen.cli.main import run

sys.exit(run())
