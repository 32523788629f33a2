# Frontdesk. `make` lists what there is; every target does its own set-up.
SHELL := /bin/bash
.SHELLFLAGS := -eu -o pipefail -c
.DEFAULT_GOAL := help
PYTHON ?= python3
UV := UV_PYTHON_DOWNLOADS=never .tools/bin/uv
BIN := .venv/bin
DATA ?= .frontdesk
PORT ?= 8080
IMAGE ?= frontdesk:dev

##@ Use it
.PHONY: run
run: setup ## Start everything, ask a first question, serve until Ctrl-C (PORT=8080 DATA=.frontdesk)
	@$(BIN)/frontdesk dev --port $(PORT) --data $(DATA) --ask "Where is my order ORD-10001?"

##@ Work on it
.PHONY: setup
setup: .venv/.synced ## Install all that run and test need, into .tools and .venv

.venv/.synced: pyproject.toml uv.lock | .tools/bin/uv
	@echo "» installing the locked dependencies into .venv"
	@$(UV) sync --frozen --python $(PYTHON) --quiet
	@touch $@

.tools/bin/uv:
	@$(PYTHON) -c 'import sys; sys.exit(f"Frontdesk needs Python 3.11 or newer; {sys.executable} is {sys.version.split()[0]}: set PYTHON=…" if sys.version_info < (3, 11) else 0)'
	@echo "» installing uv into .tools"
	@PIP_ROOT_USER_ACTION=ignore $(PYTHON) -m pip install --quiet --disable-pip-version-check --target .tools "uv>=0.9,<1"

.PHONY: test
test: setup ## All tests; says what it left out (CI=true: leaving out is a failure)
	@$(BIN)/python -m pytest $(ARGS)

.PHONY: check
check: setup ## Format, lint, types, import rules, generated docs: what CI and pre-commit run
	@echo "» ruff"; $(BIN)/ruff format --check --quiet . && $(BIN)/ruff check --quiet .
	@echo "» mypy"; $(BIN)/mypy
	@echo "» import rules"; $(BIN)/lint-imports --no-logo 2>/dev/null || $(BIN)/lint-imports
	@echo "» generated docs"; $(BIN)/python -m services.docs --check

.PHONY: e2e
e2e: setup ## Only the tests of the whole system: one process, six processes, browser
	@$(BIN)/python -m pytest tests/e2e tests/browser $(ARGS)

.PHONY: mongo
mongo: setup ## Install the server for the tests of the records on MongoDB, outside the tree (the tests do it, too)
	@tests/mongo.sh

.PHONY: chaos
chaos: setup ## Break a real system on purpose and check what was promised (ARGS="--long", or names of scenarios)
	@$(BIN)/python -m tests.chaos $(ARGS)

.PHONY: bench
bench: setup ## Measure against the bare chain, interleaved (ARGS="--rounds 5")
	@$(BIN)/frontdesk bench $(ARGS)

.PHONY: docs
docs: setup ## Make again what is generated: AsyncAPI, topology, JSON Schema, OpenAPI
	@$(BIN)/python -m services.docs

.PHONY: format
format: setup ## Format the code and fix what can be fixed
	@$(BIN)/ruff format --quiet . && $(BIN)/ruff check --fix --quiet .

##@ Ship it
.PHONY: image
image: ## Build the container image: one image, six commands
	docker build -t $(IMAGE) -f deploy/Dockerfile .

.PHONY: help
help: ## This list
	@awk 'BEGIN {FS = ":.*## "} /^##@/ {printf "\n\033[1m%s\033[0m\n", substr($$0, 5)} /^[a-z][a-z0-9_-]*:.*## / {printf "  \033[36m%-8s\033[0m %s\n", $$1, $$2}' $(MAKEFILE_LIST)
