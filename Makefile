# Everything below sets itself up: Python >= 3.11, git and make are enough.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/.installed
SAMPLE := samples/shop

.PHONY: help try setup test test-all test-judges test-wheel lint types e2e e2e-all bench bench-images fuzz data clean

help:  ## what there is
	@grep -E '^[a-z0-9-]+:.*##' $(MAKEFILE_LIST) | sed -E 's/^([a-z0-9-]+):.*## /\1\t/' | expand -t 16

$(STAMP): pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "dockgen needs Python 3.11 or newer: make PYTHON=/path/to/python3.11" >&2; exit 2; }
	@$(PYTHON) -m venv $(VENV)
	@echo "setting up in $(VENV) …" && $(BIN)/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
	@touch $(STAMP)

setup: $(STAMP)  ## install dockgen and its development tools into .venv

try: $(STAMP)  ## containerise the bundled sample and show the result
	@rm -rf .cache/try && mkdir -p .cache && cp -r $(SAMPLE) .cache/try
	$(BIN)/dockgen new --yes .cache/try
	@printf '\n%s\n' "The files are in .cache/try; its Dockerfile:" && cat .cache/try/Dockerfile

test: $(STAMP)  ## fast tests
	$(BIN)/python -m pytest -n auto -m "not slow"

test-all: $(STAMP)  ## every combination of every stack's options, and the slow tests
	$(BIN)/python -m pytest -n auto -m "slow" tests/unit tests/scaffolds

JUDGES := .cache/judges
$(JUDGES)/.installed: tests/judges/requirements.txt
	@$(PYTHON) -m venv $(JUDGES)
	@echo "setting up checkov in $(JUDGES) …" && $(JUDGES)/bin/python -m pip install --quiet --disable-pip-version-check --requirement $<
	@touch $@

test-judges: $(STAMP) $(JUDGES)/.installed  ## checkov, as an outside judge, on every Dockerfile of the cases
	CHECKOV=$(JUDGES)/bin/checkov $(BIN)/python -m pytest tests/judges

test-wheel: $(STAMP)  ## build the wheel, install it elsewhere, test that
	$(BIN)/python -m pytest tests/packaging

lint: $(STAMP)  ## ruff on the code
	$(BIN)/ruff check generator tests
	$(BIN)/ruff format --check generator tests

types: $(STAMP)  ## mypy, strict
	$(BIN)/mypy

END_TO_END := $(BIN)/python -m pytest -n 2 --dist worksteal --durations=40 tests/e2e

e2e: $(STAMP)  ## build, run and attack real images with the engine at hand
	$(END_TO_END) -m "not heavy"

e2e-all: $(STAMP)  ## the same with the cases that compile for minutes
	$(END_TO_END)

bench: $(STAMP)  ## speed against other generators and linters
	$(BIN)/python tests/bench/run.py

bench-images: $(STAMP)  ## size and build time of images against other Dockerfiles, with the engine at hand
	$(BIN)/python tests/bench/images/run.py

fuzz: $(STAMP)  ## a million inputs for the parser and the ignore matcher (atheris, not on Windows)
	@$(BIN)/python -m pip install --quiet 'atheris>=3'
	PYTHONPATH=tests $(BIN)/python tests/fuzz/fuzz_parser.py -runs=1000000 -max_len=400

data: $(STAMP)  ## refresh the digests and ends of life that dockgen carries (needs the network)
	$(BIN)/python -m dockgen.registry.refresh --eol

clean:  ## remove what the above made
	rm -rf $(VENV) .cache dist
