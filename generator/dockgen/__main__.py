"""`python -m dockgen`."""

from dockgen.cli.main import main

main()
