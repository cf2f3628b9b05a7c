# make demo | test | test-core | browser | check | docs | bench: each installs what it needs into .venv (test-core: .venv-core) first
PYTHON ?= python3
VENV ?= .venv
BIN := $(VENV)/bin
CORE := $(VENV)-core
INSTALL := -m pip install --quiet --disable-pip-version-check --constraint constraints.txt
PIP := $(BIN)/python $(INSTALL)

.PHONY: demo test test-core browser check docs bench bench-gate clean

demo: $(VENV)/.demo  ## briefs of three fixture stories, offline
	@$(BIN)/python examples/quickstart.py

test: $(VENV)/.dev  ## the whole test suite, offline
	$(BIN)/python -m pytest -n 2

test-core: $(CORE)/.core  ## the tests of the core, where no extra is installed; what needs one is skipped and named
	$(CORE)/bin/python -m pytest -n 2 -rs

browser: $(VENV)/.dev  ## what the browser tests need beside Python: Chromium and its driver, axe-core
	@for tool in chromium:chromium chromedriver:chromium-driver npm:npm; do \
		command -v $${tool%:*} >/dev/null || missing="$$missing $${tool#*:}"; done; \
	if [ -n "$$missing" ]; then apt-get update -q && apt-get install -q -y --no-install-recommends $$missing; fi
	npm install --silent --no-fund --no-audit --prefix $(VENV)/axe axe-core@4.14.1

check: $(VENV)/.dev  ## formatting, lint, types, layers
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

docs: $(VENV)/.dev  ## the documentation as a site, in site/; fails on a warning
	NO_MKDOCS_2_WARNING=1 $(BIN)/python -m mkdocs build --strict --quiet

bench: $(VENV)/.dev  ## every system on the fixtures, and on real news where NEWSUM_DATA or ../shared/data has it
	$(BIN)/python -m benchmarks.bench --page docs/figures.md

bench-gate: $(VENV)/.dev  ## fails where a score has dropped below its floor
	$(BIN)/python -m benchmarks.gate

clean:
	rm -rf $(VENV) $(CORE) build dist site .pytest_cache .mypy_cache .ruff_cache

$(VENV)/bin/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing newsum and what it runs on (about 400 MB) ..."
	$(PIP) --editable .
	@touch $@

$(CORE)/.core: pyproject.toml constraints.txt
	$(PYTHON) -m venv --clear $(CORE)
	@echo "Installing newsum and what its tests need, no extra ..."
	$(CORE)/bin/python $(INSTALL) --editable '.[test]'
	@touch $@

$(VENV)/.dev: pyproject.toml constraints.txt | $(VENV)/bin/python
	@echo "Installing newsum with its development tools ..."
	$(PIP) --editable '.[dev]'
	@touch $@

