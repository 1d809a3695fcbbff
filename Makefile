# Everything runs in .venv, made on first use from python3 (3.11 or later) and the package registry.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/ready
PIP := $(BIN)/pip install --quiet --quiet --disable-pip-version-check --constraint constraints.txt

.PHONY: help install demo test eval bench docs soak constraints clean
.DEFAULT_GOAL := help

help:
	@echo "make demo         read samples/ into demo/record.db, print who said what, write demo/index.html"
	@echo "make test         everything that continuous integration runs"
	@echo "make eval         scores on annotated articles (KUTIP_SHARED, else ../shared), against their floors"
	@echo "make bench        speed and memory, beside other systems; writes docs/performance.md"
	@echo "make soak         kills, full disks, Spark, torture: the long tests, with their counts (an hour or so)"
	@echo "make docs         run the sessions in README.md anew and write their output into it"
	@echo "make constraints  take the newest versions of all dependencies into constraints.txt"
	@echo "make clean        remove what the above made"

install: $(READY)

$(READY): pyproject.toml constraints.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	  { echo "Python 3.11 or later is needed; name one with: make PYTHON=python3.12 …" >&2; exit 1; }
	@test -x $(BIN)/pip || { echo "making $(VENV)"; $(PYTHON) -m venv $(VENV); } || \
	  { echo "no virtual environment could be made (Debian, Ubuntu: install python3-venv)" >&2; exit 1; }
	@echo "installing kutip and its tools into $(VENV)"
	@$(PIP) --editable '.[dev]'
	@touch $@

demo: $(READY)
	@mkdir -p demo
	@$(BIN)/kutip ingest samples --record demo/record.db || test $$? -eq 1  # 1: some of it was not used
	@$(BIN)/kutip said --record demo/record.db
	@$(BIN)/kutip stats --record demo/record.db
	@$(BIN)/kutip page demo/index.html --record demo/record.db
	@echo "open demo/index.html in a browser"

# The tests come last, so that their summary is the last that is printed.
test: $(READY)
	$(BIN)/ruff check
	$(BIN)/ruff format --check
	$(BIN)/mypy
	$(BIN)/lint-imports --no-logo
	$(BIN)/python -m eval --constructions 0
	$(BIN)/pytest

eval: $(READY)
	@$(BIN)/python -m eval --card docs/model_card.md

# An environment of its own, without pinned versions: the peers bring many packages.
bench:
	@test -x build/bench/bin/pip || $(PYTHON) -m venv build/bench
	@build/bench/bin/pip install --quiet --quiet --disable-pip-version-check --editable '.[bench]'
	@build/bench/bin/python -m bench

# Spark is big, and only needed here: its tests are skipped where Java is not installed.
soak: $(READY)
	@$(PIP) --editable '.[dev,spark]'
	$(BIN)/pytest -m soak -s -rs

# The sessions that the documentation shows, as the commands print them now.
docs: $(READY)
	@$(BIN)/python -m tests.sessions README.md

constraints:
	@rm -rf build/constraints && $(PYTHON) -m venv build/constraints
	@build/constraints/bin/pip install --quiet --quiet --disable-pip-version-check '.[dev]'
	@{ echo "# Versions that the tests ran with; written by: make constraints"; \
	   build/constraints/bin/pip freeze --exclude kutip; } > constraints.txt
	@rm -rf build/constraints && echo "wrote constraints.txt"

clean:
	@rm -rf $(VENV) build dist demo .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
