"""BuildKit's checks, one module each: its docstring is the check's page, `find` looks for hits."""
