# One command for each thing a person wants to do here; `make` alone lists them.
.DEFAULT_GOAL := help
.PHONY: help setup demo serve class screenshots test coverage mutants check bench servers endurance study experiments games autobahn contract audit lock clean
SHELL := bash
.SHELLFLAGS := -euo pipefail -c

BIN := .venv/bin
STAMP := .venv/.complete
WEB_STAMP := client/web/dist/.complete
# The page's types come from the rules' and the server's records, so it is built anew when they change.
WEB_FILES := .ci/build-web docs/tutorial/rules.md docs/tutorial/rules.ru.md client/web/package-lock.json client/web/index.html client/web/vite.config.ts client/web/tsconfig.json \
    $(shell find client/web/src client/web/public client/web/scripts -type f -not -path '*/generated/*') $(shell find rules -name "*.py") $(wildcard server/desk/*.py server/web/*.py)
STAMP_313 := .venv-3.13/.complete
PYTHON_313 := $(shell .ci/find-python 3.13)
ARGS ?=
# Only errors are shown; the hashes in the lock are what is trusted, wherever a file comes from.
PIP := -m pip --disable-pip-version-check -qq

help: ## list these commands
	@echo "usage: make COMMAND"
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/  \1\t\2/p' $(MAKEFILE_LIST) | expand -t 12

setup: $(STAMP) $(if $(PYTHON_313),$(STAMP_313)) $(WEB_STAMP) ## make the environment in .venv (does nothing when it is up to date)

$(STAMP): requirements-dev.txt pyproject.toml
	@.ci/install-system
	@python=$$(.ci/find-python 3.11+) || { echo "Python 3.11 or newer is needed and was not found." >&2; exit 1; }; \
	if [ ! -x $(BIN)/python ]; then \
	    echo "==> setup: new environment in .venv ($$($$python --version))"; \
	    $$python -m venv .venv || { echo "Python's venv module is missing: install python3-venv." >&2; exit 1; }; \
	fi
	@echo "==> setup: installing the locked packages (a minute or two the first time)"
	@$(BIN)/python $(PIP) install --require-hashes -r requirements-dev.txt
	@$(BIN)/python $(PIP) install --no-deps --no-build-isolation -e .
	@touch $@

$(STAMP_313): requirements.txt
	@echo "==> setup: second environment in .venv-3.13, for the test that two Pythons give the same log"
	@[ -x .venv-3.13/bin/python ] || $(PYTHON_313) -m venv .venv-3.13
	@.venv-3.13/bin/python $(PIP) install --require-hashes -r requirements.txt
	@touch $@

$(WEB_STAMP): $(WEB_FILES) | $(STAMP)
	@.ci/build-web

demo: $(STAMP) $(WEB_STAMP) ## play a short game of bots, show it, and open another one in the browser (ARGS="..." are passed on)
	@$(BIN)/unipole demo $(ARGS)

serve: setup ## start a server for a class, which everybody in the network can open (ARGS="..." take the place of "--host 0.0.0.0")
	@$(BIN)/unipole serve $(or $(ARGS),--host 0.0.0.0)

screenshots: setup ## pictures of the page in three widths, both lights and languages, into ./screenshots
	@$(BIN)/python -m tests.web.screenshots $(ARGS)

test: setup ## everything that must hold before a change lands
	@$(MAKE) --no-print-directory check
	@echo "==> page"; npm --prefix client/web --loglevel=error --silent test
	@echo "==> tests"
	@$(BIN)/python -m pytest -n 2 --dist worksteal $(ARGS)

coverage: setup ## branches of the rules that their own tests reach, without the long random play; fails under 100 % (about 4 minutes)
	@rm -f .coverage .coverage.*
	@$(BIN)/python -m coverage run --source=rules -m pytest -q tests/rules tests/conformance --deselect tests/rules/test_properties.py -k "not is_noticed"
	@$(BIN)/python -m coverage combine -q
	@$(BIN)/python -m coverage report --fail-under=100

mutants: setup ## a random sample of small faults in the rules, and how many of them their quick tests notice (about 15 minutes)
	@rm -f .mutation .mutation.seconds
	@$(BIN)/python -m tests.mutation $(ARGS)

check: setup ## style, types and import contracts, without the tests
	@echo "==> style"; $(BIN)/ruff check .
	@echo "==> types"; $(BIN)/mypy
	@echo "==> arrows"; $(BIN)/lint-imports --no-cache --no-logo

bench: setup ## how fast games of bots are played beside other engines; writes docs/reference/speed.md (about 5 minutes)
	@$(BIN)/python -m benchmarks --peers --out docs/reference $(ARGS)

servers: setup ## how many orders our server takes beside others, on this machine; writes docs/reference/servers.md (about 15 minutes)
	@$(BIN)/python -m benchmarks.servers --peers --paced --crowds --long --out docs/reference $(ARGS)

endurance: setup ## kills, power cuts, lost replies, hostile messages and worlds by the thousand, from where the last run stopped (hours; ARGS="kills --minutes 30")
	@$(BIN)/python -m tests.endurance $(ARGS)

class: setup ## a lesson of forty people, six of them with browsers, measured; writes docs/reference/class.md (about 5 minutes)
	@$(BIN)/python -m tests.web.lesson --out docs/reference $(ARGS)

study: setup ## play the Council case 200 times and write docs/reference/iraq-2003.md (about 10 minutes)
	@$(BIN)/python -m client.laboratory.council --games 100 --out docs/reference/iraq-2003.md

experiments: setup ## play all experiments and write docs/reference/experiments.md (an hour or two on two cores; goes on where it was stopped)
	@status=0; $(BIN)/unipole experiment run --all $(ARGS) || status=$$?; \
	$(BIN)/unipole experiment report --markdown docs/reference/experiments.md >/dev/null; exit $$status

games: setup ## play 200 games of bots of every scenario, beside which debriefs set a class (ARGS="iraq-2003" plays that one alone)
	@$(BIN)/python -m server.debrief.shipped $(ARGS)

autobahn: setup ## the WebSocket against the Autobahn test suite; writes docs/reference/websocket.md (needs Python 2.7; two minutes)
	@$(BIN)/python -m tests.autobahn $(ARGS)

contract: setup ## the HTTP interface against its own description, by Schemathesis in an environment of its own (ten minutes)
	@$(BIN)/python -m tests.contract $(ARGS)

audit: ## ask whether faults are known of the locked packages (needs a network; a minute or two)
	@.ci/audit

lock: setup ## choose versions anew and write both lock files
	@$(BIN)/pip-compile --quiet --upgrade --output-file requirements.txt pyproject.toml
	@$(BIN)/pip-compile --quiet --upgrade --extra dev --constraint requirements.txt --output-file requirements-dev.txt pyproject.toml

clean: ## remove what these commands made, environments included
	@rm -rf .venv .venv-3.13 build dist client/web/dist client/web/node_modules client/web/src/generated screenshots .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache .coverage .coverage.* .mutation .mutation.* *.egg-info
	@find . -name __pycache__ -type d -prune -exec rm -rf {} +
