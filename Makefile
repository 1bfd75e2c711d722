# Two commands: `make brief` and `make test`. Needs git, make and Python 3.11 or newer, nothing else.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
RUN := PYTHONPATH=src $(BIN)/python
PIP := $(BIN)/python -m pip --disable-pip-version-check --no-input -q
# The lock is also the constraint: pip would else take the newest of a package that another one asks for with an extra.
PINNED := --require-hashes --only-binary :all:
DATA ?= $(SCC_DATA)
NOW ?= 2026-06-10T08:00:00Z
NEED_DATA = test -n "$(DATA)" || { echo "Give the data folder: make $@ DATA=DIR" >&2; exit 2; }

.PHONY: brief test check bench faults browser exports accuracy generated lock corpus clean

# The main job on the examples: fresh database, briefings, table.
brief: $(VENV)/run.stamp
	@rm -rf build/demo.db build/demo.db-wal build/demo.db-shm build/briefings
	@mkdir -p build
	$(RUN) -m scc brief examples --now $(NOW) --db build/demo.db --out build/briefings

# Reading has half of the tests and needs neither network nor server: it runs beside the others.
test: $(VENV)/dev.stamp
	@mkdir -p build
	@$(RUN) -m pytest -m "not slow and not browser" tests/read > build/test-read.log 2>&1 & reading=$$!; status=0; \
	$(RUN) -m pytest -m "not slow and not browser" --ignore=tests/read || status=$$?; \
	wait $$reading || status=$$?; cat build/test-read.log; exit $$status

check: $(VENV)/dev.stamp
	$(BIN)/ruff check src tests tools benchmarks
	$(BIN)/ruff format --check src tests tools benchmarks
	$(BIN)/mypy
	PYTHONPATH=src $(BIN)/lint-imports
	$(RUN) tools/generate.py --check
	$(RUN) tools/notice.py --check
	$(RUN) tools/compile_content.py --check

browser: $(VENV)/dev.stamp
	$(RUN) -m pytest -m browser

bench: $(VENV)/run.stamp
	$(RUN) benchmarks/run.py

faults: $(VENV)/dev.stamp
	$(RUN) -m pytest tests/faults -m "slow or not slow"

# The exports of the examples by validators of other projects, in environments of their own under build/. npm packages
# where node and npm are; what could not be run is said.
exports: $(VENV)/dev.stamp brief
	$(RUN) -m pytest tests/share tests/web tests/deliver
	@rm -rf build/exports build/outside
	$(RUN) -m scc export --all --to stix,navigator,csaf,csaf-2.1,csaf-vex,ics --db build/demo.db --out build/exports || test $$? -eq 8
	$(PYTHON) -m venv build/outside
	build/outside/bin/pip install --disable-pip-version-check --no-input -q 'stix2-validator>=3.3.2' mitreattack-python \
	  || echo "not installed: stix2-validator or mitreattack-python"
	@if command -v node >/dev/null && command -v npm >/dev/null; then \
	  npm install --prefix build/outside --ignore-scripts --no-audit --no-fund --no-save --loglevel=error \
	    @secvisogram/csaf-validator-lib ical.js || echo "not installed: csaf-validator-lib, ical.js"; \
	else echo "node or npm is not here: csaf-validator-lib and ical.js are not run"; fi
	build/outside/bin/python tools/outside.py build/exports --node build/outside/node_modules

# Figures on labelled data (see docs/data.md).
accuracy: $(VENV)/dev.stamp
	@$(NEED_DATA)
	$(RUN) tools/accuracy.py --data "$(DATA)" $(if $(ENCODER),--encoder "$(ENCODER)")

corpus: $(VENV)/run.stamp
	@$(NEED_DATA)
	$(RUN) tools/corpus_run.py --data "$(DATA)"

# Write the generated documents (docs/cli.md, docs/actions.md, docs/clocks.md, docs/configuration.md, docs/schema/).
generated: $(VENV)/dev.stamp
	$(RUN) tools/compile_content.py
	$(RUN) tools/generate.py

# Pin anew: needs uv or pip-compile; never part of a build.
lock:
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header \
	  pyproject.toml -o requirements/run.txt
	uv pip compile --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-annotate --no-header \
	  -c requirements/run.txt requirements/dev.in pyproject.toml -o requirements/dev.txt

clean:
	rm -rf build

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/run.stamp: requirements/run.txt | $(BIN)/python
	$(PIP) install $(PINNED) -r requirements/run.txt -c requirements/run.txt
	@touch $@

$(VENV)/dev.stamp: requirements/dev.txt $(VENV)/run.stamp
	$(PIP) install $(PINNED) -r requirements/dev.txt -c requirements/dev.txt
	@touch $@
