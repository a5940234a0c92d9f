# Two commands do everything: `make demo` and `make test`.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
PAGE := bot/rehearsal/page
TOOLKIT := tests/toolkit
PLAYGROUND := bot/playground
PERSON ?= mette
AT_ONCE := -n auto --maxprocesses 4 --dist loadfile --no-loadscope-reorder

.PHONY: demo playground test package-check soak bench years verify lint clean

demo: $(VENV)/.demo $(PAGE)/node_modules/.done
	@$(BIN)/python -m bot --rehearsal

playground: $(VENV)/.demo $(PLAYGROUND)/node_modules/.done
	@$(BIN)/python -m bot playground --person $(PERSON)

test: $(VENV)/.test $(PAGE)/node_modules/.done $(PLAYGROUND)/node_modules/.done
	$(BIN)/ruff check .
	$(BIN)/python -m pytest $(AT_ONCE)

package-check: $(VENV)/.test $(TOOLKIT)/node_modules/.done
	PATH="$(CURDIR)/$(BIN):$$PATH" $(BIN)/python -m pytest $(TOOLKIT)/check_toolkit.py

soak: $(VENV)/.test $(PAGE)/node_modules/.done $(PLAYGROUND)/node_modules/.done
	VAERN_SOAK=1 $(BIN)/python -m pytest $(AT_ONCE)

bench: $(VENV)/.test
	$(BIN)/python -m tests.bench $(CASES)

years: $(VENV)/.test
	$(BIN)/python -m tests.bench.years $(CASES)

verify: $(VENV)/.demo
	@VAERN_DATA=var/rehearsal VAERN_KEY_FILE=var/rehearsal/master.key VAERN_DEVELOPMENT=1 \
	  VAERN_ORGANISATION=bot/rehearsal/organisation.toml $(BIN)/python -m bot verify

$(BIN)/python:
	$(PYTHON) -m venv $(VENV)

$(VENV)/.demo: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[demo]'
	@touch $@

$(VENV)/.test: pyproject.toml constraints.txt | $(BIN)/python
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --constraint constraints.txt --editable '.[demo,test]'
	@touch $@ $(VENV)/.demo

%/node_modules/.done: %/package.json %/package-lock.json | $(VENV)/.demo
	cd $* && PATH="$(CURDIR)/$(BIN):$$PATH" npm ci --silent --no-audit --no-fund
	@touch $@

clean:
	rm -rf $(VENV) $(PAGE)/node_modules $(PLAYGROUND)/node_modules $(TOOLKIT)/node_modules
