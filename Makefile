# make demo    repair one line and show what changed
# make test    ruff, mypy, every test including the property tests
# Needs python3 (3.10 or newer) with pip and venv; everything else goes into .venv.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.PHONY: demo test clean

demo: $(VENV)/installed
	@echo "as found:"
	@cat examples/headline.txt
	@echo
	@echo "repaired:"
	@$(BIN)/homoglyph-fix examples/headline.txt
	@echo
	@echo "what changed:"
	@$(BIN)/homoglyph-fix --check examples/headline.txt || test $$? -eq 1  # 1 says that there are findings

test: $(VENV)/installed-test
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/pytest -q -m ""

clean:
	rm -rf $(VENV) .mypy_cache .ruff_cache .pytest_cache

$(VENV)/installed: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable .
	$(BIN)/python -m compileall -q src  # as pip does for what it installs, or each start of the command would take 55 ms more
	@touch $@

$(VENV)/installed-test: pyproject.toml | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --editable ".[test]"
	@touch $@ $(VENV)/installed

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)
