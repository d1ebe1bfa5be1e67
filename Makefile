# Everything that one does with Styrkedja. `make` alone lists the commands.
PYTHON ?= python3
BIN := .venv/bin
export PATH := $(CURDIR)/$(BIN):$(PATH)

.PHONY: help setup run test test-engines check fix bench pictures reset migrations

help:            ## Lists the commands
	@grep -E '^[a-z-]+: .*##|^[a-z-]+:  +##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

setup:           ## Installs everything the program needs
	@$(PYTHON) scripts/setup.py

run: setup       ## Starts Styrkedja with its own database and demonstration data
	@$(BIN)/styrkedja run

test:            ## Runs every test, browser tests included
	@$(PYTHON) scripts/setup.py --dev
	@$(BIN)/python scripts/run_tests.py

test-engines:    ## Tests that Spark computes what DuckDB and PostgreSQL do; installs it, and needs Java 17
	@$(PYTHON) scripts/setup.py --dev --engines
	@$(BIN)/python -m pytest -q -m engines tests/engines

check:           ## Checks style, types, floors and texts; changes nothing
	@$(PYTHON) scripts/setup.py --dev
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/lint-imports --no-cache
	@$(BIN)/bandit -q -r src -c pyproject.toml
	@DATABASE_URL=none $(BIN)/django-admin makemigrations --check --dry-run --settings styrkedja.config.settings
	@$(BIN)/python scripts/catalogue.py check
	@$(BIN)/styrkedja routine check definitions/routines/*.bpmn
	@$(BIN)/styrkedja indicators check

fix:             ## Mends what can be mended by machine
	@$(PYTHON) scripts/setup.py --dev
	@$(BIN)/ruff check --fix .
	@$(BIN)/ruff format .
	@$(BIN)/python scripts/catalogue.py update
	@$(BIN)/python scripts/references.py

bench: setup     ## Measures, and prints ratios against the named references
	@$(BIN)/python -m bench

pictures:        ## Makes the pictures of README and manual again, on the demonstration
	@$(PYTHON) scripts/setup.py --dev
	@STYRKEDJA_PICTURES=1 $(BIN)/python -m pytest -q tests/browser/journeys/test_tour.py

migrations: setup  ## Writes migrations for changed models
	@$(BIN)/django-admin makemigrations --settings styrkedja.config.settings

reset:           ## Throws away the database and everything else under var/
	@$(BIN)/styrkedja stop 2>/dev/null || true
	@rm -rf var
