# Every target sets up what it needs in .venv; all it takes is Python 3.11 or newer and make.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin

.DEFAULT_GOAL := help
.PHONY: help site test check serve screenshots clean

help: ## Show the targets
	@sed -n 's/^\([a-z-]*\):.*## /\1\t/p' $(MAKEFILE_LIST) | expand -t 10

site: $(VENV)/.ready-site ## Build the whole site from seeds/ into site/, with PDFs
	@$(BIN)/pactbook build --pdf

test: $(VENV)/.ready-dev ## Run all tests
	@$(BIN)/python -m pytest -n auto

check: $(VENV)/.ready-dev ## Lint, types, and the evidence of all facts
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/mypy
	@$(BIN)/pactbook check

serve: $(VENV)/.ready-site ## Show the site on 127.0.0.1:8000, rebuilt on change
	@$(BIN)/pactbook serve

screenshots: $(VENV)/.ready-dev site ## Take the pictures in docs/ (needs chromium)
	@$(BIN)/python .ci/screenshots.py site docs

clean: ## Remove everything that can be made again
	@rm -rf $(VENV) site site.old site.new .pactbook-cache build *.egg-info .mypy_cache .pytest_cache .ruff_cache

$(VENV)/.ready-site: pyproject.toml
	@PYTHON="$(PYTHON)" sh .ci/environment $(VENV) ".[print]" .
	@touch $@

$(VENV)/.ready-dev: pyproject.toml
	@PYTHON="$(PYTHON)" sh .ci/environment $(VENV) ".[dev,print]"
	@touch $@ $(VENV)/.ready-site
