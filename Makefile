PY := .venv/bin/python
.PHONY: check format lint types floors test
check: lint types floors test
lint:
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
types:
	$(PY) -m mypy
floors:
	.venv/bin/lint-imports
test:
	$(PY) -m pytest
