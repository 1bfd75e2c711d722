# Two commands: `make brief` and `make test`. Needs git, make and Python 3.11 or newer, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check -q
DATA ?= $(SCC_DATA)

.PHONY: brief test check bench faults browser exports accuracy generated lock clean

$(VENV)/run.stamp: requirements/run.txt pyproject.toml
	$(PYTHON) -m venv $(VENV)
	$(PIP) install --require-hashes --only-binary :all: -r requirements/run.txt
	$(PIP) install --no-deps --no-build-isolation --editable . || $(BIN)/python tools/link_source.py
	touch $@
