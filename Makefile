PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
TEST_PROCESSES ?= 2

.PHONY: install chat test check bench fuzz lock clean

install: $(VENV)/.installed

$(VENV)/.installed: pyproject.toml requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --constraint requirements.lock --editable ".[dev]"
	$(BIN)/assistant index
	touch $@

chat: install
	$(BIN)/python app.py

test: install
	$(BIN)/python -m pytest --numprocesses $(TEST_PROCESSES) --dist loadfile

check: install
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy

bench: install
	$(BIN)/python -m benchmarks.run
	$(BIN)/python -m benchmarks.retrieval.run

fuzz: install
	$(BIN)/python -m pip install --quiet --constraint requirements.lock --editable ".[fuzz]"
	FUZZ_EXAMPLES=1000 $(BIN)/python -m pytest tests/test_index_offsets.py
	$(BIN)/python -m tests.fuzz.run

lock: install
	$(BIN)/python -m pip freeze --exclude-editable | sed 's/+cpu$$//' > requirements.lock

clean:
	rm -rf $(VENV) .index dist .pytest_cache .mypy_cache .ruff_cache
