.DEFAULT_GOAL := help
BIN := .venv/bin

help: ## this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 16

serve: ## install, load the bundled data when empty, serve on http://127.0.0.1:8000/
	./scripts/serve

test: ## everything that has to hold: lint, types, import contracts, tests
	./scripts/test

sure: ## the quick part of it, before a commit: no browser, no wheel
	$(BIN)/ruff check && $(BIN)/ruff format --check && $(BIN)/mypy && $(BIN)/lint-imports
	$(BIN)/python -m pytest -q -m "not browser and not wheel"

format: ## let ruff lay out the code
	$(BIN)/ruff format && $(BIN)/ruff check --fix

bench: ## measure and rewrite docs/performance.md
	./scripts/bench

gazetteer: ## rebuild the offline gazetteer from GeoNames
	$(BIN)/python scripts/build_gazetteer

vendor: ## fetch the pinned style sheets and scripts into static/vendor
	./scripts/vendor

fonts: ## cut the print fonts down to the characters that are used
	$(BIN)/python scripts/subset_fonts

.PHONY: help serve test sure format bench gazetteer vendor fonts
