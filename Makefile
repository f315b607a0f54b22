# Everything a reader of this project types. `make help` lists it.
.PHONY: help ask question test test-fast check format bench constraints clean
.DEFAULT_GOAL := help
.DELETE_ON_ERROR:

PYTHON ?= python3
BIN := .venv/bin
PIP := $(BIN)/python -m pip --disable-pip-version-check --quiet
PIN := -c constraints.txt

# The question goes to the shell through the environment and unexpanded, so that quotes, dollars,
# backticks and "#" in it mean nothing to make and nothing to the shell.
override Q := $(value Q)
export Q

help:
	@echo 'make ask Q="…"     answer a question from the stored corpus, or else from the built-in sample'
	@echo 'make test          run the tests'
	@echo 'make test-fast     run those that need neither model nor server, in half a minute'
	@echo 'make check         format, lint, types, floors, tests with coverage'
	@echo 'make format        rewrite the sources in the project format'
	@echo 'make bench         measure answers and speed'
	@echo 'make constraints   pin what is installed in .venv'
	@echo 'make clean         remove .venv and the caches'

# A refusal (exit code 3) is a result here; scripts that need the code call evqa itself.
ask: question .venv/.installed
	@$(BIN)/evqa ask -- "$$Q" || test $$? -eq 3

question:
	$(if $(strip $(Q)),@:,$(error no question given: make ask Q="How do tumour vesicles suppress T cells?"))

test: .venv/.installed-dev
	$(BIN)/python -m pytest -n auto --dist loadfile

test-fast: .venv/.installed-dev
	$(BIN)/python -m pytest -n auto --dist loadfile tests/evqa tests/ingest tests/test_style.py

check: .venv/.installed-dev
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/python -m pytest -n auto --dist loadfile --cov

format: .venv/.installed-dev
	$(BIN)/ruff format .
	$(BIN)/ruff check --fix .

bench: .venv/.installed-dev
	$(BIN)/python -m eval.benchmark

# A build label such as "+cpu" names one index's build of a version; the pin is the version.
constraints: .venv/.installed-dev
	$(PIP) freeze --exclude-editable --exclude evqa | sed -e '/^#/d' -e 's/+.*//' > constraints.txt.new
	mv constraints.txt.new constraints.txt

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .import_linter_cache .hypothesis .coverage
	find . -name __pycache__ -type d -prune -exec rm -rf {} +

# The environment is made when a stamp is missing or older than what it was made from.
# Bytecode is written at first import: compiling all of torch would take longer than installing it.
define install
@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
	{ echo 'Python 3.11 or newer is needed as "$(PYTHON)": make PYTHON=/path/to/python3.11 …' >&2; exit 2; }
@echo 'Setting up .venv ($(1)): about 1.5 GB, usually one to three minutes, once …' >&2
@$(BIN)/python -m pip --version >/dev/null 2>&1 || $(PYTHON) -m venv --clear .venv || \
	{ echo 'the virtual environment could not be made: install the venv module for "$(PYTHON)"' >&2; exit 2; }
@start=$$(date +%s); $(PIP) install --no-compile $(PIN) -e '$(2)' >&2 && \
	echo "Set up in $$(( $$(date +%s) - start )) s." >&2
endef

.venv/.installed: pyproject.toml constraints.txt
	$(call install,what evqa needs to run,.)
	@touch $@

.venv/.installed-dev: pyproject.toml constraints.txt
	$(call install,evqa and its development tools,.[dev])
	@touch .venv/.installed $@
