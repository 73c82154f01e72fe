# Everything needs only Python 3.11 or newer; .venv is made by the first target that wants it.
PYTHON ?= python3
SERVE ?= 1
BIN := .venv/bin

.PHONY: demo test lint format bench audit screenshots reference constraints clean

demo: .venv/installed
	$(BIN)/citedesk demo $(if $(filter 0,$(SERVE)),--no-serve)

test: .venv/installed
	$(BIN)/python -m pytest --cov --cov-report=term --numprocesses auto --dist loadfile $(ARGS)

lint: .venv/installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

format: .venv/installed
	$(BIN)/ruff check --fix .
	$(BIN)/ruff format .

# Set CITEDESK_BENCH_DATA to a folder of SQuAD-format files; what has no data is skipped and says so.
bench: .venv/installed
	$(BIN)/python -m tests.bench

# Known weaknesses and the licences of all that is pinned; needs the network, and says so without.
audit: .venv/installed
	PYTHON=$(PYTHON) sh .ci/audit

# Pictures of the running demonstration; needs Chromium.
screenshots: .venv/installed
	$(BIN)/python -m tests.browser.screenshots docs

# The page of all settings, after a change of qa/settings.py.
reference: .venv/installed
	$(BIN)/python -m qa.settings_reference > docs/configuration.md

# Pins the whole tree anew, after a change of the bounds in pyproject.toml.
constraints:
	rm -rf .venv && $(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --quiet --editable '.[dev]'
	$(BIN)/python -m pip freeze --exclude-editable | sed 's/+cpu$$//' > constraints.txt
	touch .venv/installed

.venv/installed: pyproject.toml constraints.txt
	PYTHON=$(PYTHON) sh .ci/setup
	touch $@

clean:
	rm -rf .venv build *.egg-info .coverage .hypothesis .mypy_cache .pytest_cache .ruff_cache
