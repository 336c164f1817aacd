# make demo      repair one line and show what changed
# make check     ruff, mypy and the unit tests: about a minute, before every commit
# make lint      ruff and mypy alone
# make property  promises tried on thousands of made-up texts: some ten minutes of one core
# make test      all of these tests; WORKERS=1 runs them one after another
# make test-integrations  the modules and recipes for other libraries, in an environment of their own of 2.3 GB; Spark also needs Java 17
# make test-page  the page of --report in a real browser: needs Chromium, and npm for axe-core; Playwright adds 190 MB to .venv
# make page-pictures  photograph that page for docs/report.md
# make tables    compile data/confusables.tsv and data/likeness.tsv into the tables of the package, hash rules and data, compile messages
# make completions  write anew what teaches shells the flags, after a flag has changed
# make bench     time single calls and whole texts; BENCH=--quick only shows that it runs
# make clean     remove what these have made
# Needs python3 (3.10 or newer) with pip and venv; everything else goes into .venv.
# For another Python: make clean, then make check PYTHON=python3.13

PYTHON ?= python3
BENCH ?=
WORKERS ?= auto
VENV := .venv
BIN := $(VENV)/bin
INTEGRATIONS := .venv-integrations
# Tests run in as many processes as there are cores, four at most: each takes up to 0.8 GB. Who has run out of tests takes over some of another's.
PARALLEL := --numprocesses=$(WORKERS) --maxprocesses=4 --dist=worksteal

.PHONY: demo lint check property test test-integrations test-page page-pictures tables completions bench clean

demo: $(VENV)/installed
	@echo "as found:"
	@cat examples/headline.txt
	@echo
	@echo "repaired:"
	@$(BIN)/homoglyph-fix examples/headline.txt
	@echo
	@echo "what changed:"
	@$(BIN)/homoglyph-fix --check examples/headline.txt || test $$? -eq 1  # 1 says that there are findings

lint: $(VENV)/installed-test
	$(BIN)/ruff check .
	$(BIN)/mypy

check: lint
	$(BIN)/pytest -q

property: $(VENV)/installed-test
	$(BIN)/pytest -q -m property $(PARALLEL)

test: lint
	$(BIN)/pytest -q -m "" $(PARALLEL)

test-integrations: $(INTEGRATIONS)/installed
	$(INTEGRATIONS)/bin/pytest -q -m "" tests/integrations tests/test_docs.py src/homoglyph_fix/integrations

test-page: $(VENV)/installed-browser
	$(BIN)/pytest -q tests/test_page.py tests/test_page_in_browser.py

page-pictures: $(VENV)/installed-browser
	$(BIN)/python -m benchmarks.page_pictures

tables: $(VENV)/installed-test
	$(BIN)/python data/characters.py
	$(BIN)/python -m data.manifest
	$(BIN)/python -m data.behaviour
	$(BIN)/python -m data.messages

completions: $(VENV)/installed-test
	$(BIN)/python -m completions.make

bench: $(VENV)/installed-test
	$(BIN)/python -m benchmarks.latency $(BENCH)
	$(BIN)/python -m benchmarks.speed --no-peers $(BENCH)

clean:
	rm -rf $(VENV) $(INTEGRATIONS) .nox .mypy_cache .ruff_cache .pytest_cache

$(VENV)/installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	$(BIN)/python -m compileall -q src  # as pip does for what it installs, or each start of the command would take 55 ms more
	@touch $@

$(VENV)/installed-test: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test]"
	@touch $@ $(VENV)/installed

$(VENV)/installed-browser: pyproject.toml | $(VENV)/installed-test
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[browser]"
	@touch $@

$(INTEGRATIONS)/installed: pyproject.toml
	$(PYTHON) -m venv $(INTEGRATIONS)
	$(INTEGRATIONS)/bin/python -m pip install --quiet --disable-pip-version-check --editable ".[integrations]"
	@touch $@

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
