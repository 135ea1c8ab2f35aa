# Needs only Python 3.11+ and make. Everything else is installed into .venv.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
POT := $(VENV)/messages.pot
EXTRACT := $(BIN)/pybabel -q extract --no-wrap --no-location -F pyproject.toml \
	-k N_ -k NP_:1,1 -k tr -k plural:1,1 -o $(POT) handlers bot/speaking.py bot/arguments.py bot/desk_arguments.py bot/commands/check.py
UPDATE := $(BIN)/pybabel -q update --no-fuzzy-matching --ignore-obsolete --no-wrap --ignore-pot-creation-date \
	--domain messages -i $(POT) -d handlers/locale
PIP := $(BIN)/pip install --quiet --disable-pip-version-check
# kills.py takes long and is run by hand.
BENCHMARKS := search telegram_send flood turns dossiers strangers scan paper outbox pace
# One worker a core: the tests start servers of their own.
TEST_WORKERS ?= auto

.PHONY: run install test lint bench chat texts mutants lock clean

run: $(VENV)/.run
	$(BIN)/motcua serve --demo

# What a server needs, without any data: docs/operating.md.
install: $(VENV)/.run
	$(BIN)/motcua check

chat: $(VENV)/.run
	$(BIN)/motcua chat

test: $(VENV)/.dev
	$(BIN)/pytest -n $(TEST_WORKERS)

lint: $(VENV)/.dev
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/motcua check
	$(EXTRACT)
	$(UPDATE) --check

# Which small faults does no test see? MUTANTS="--group guards", or a module and its tests.
mutants: $(VENV)/.dev
	$(BIN)/python tools/mutants.py $(MUTANTS)

bench: $(VENV)/.dev
	$(PIP) -r requirements-bench.txt
	for name in $(BENCHMARKS); do $(BIN)/python benchmarks/$$name.py || exit 1; done

# After a text in handlers/ has changed; then translate what is new in handlers/locale.
texts: $(VENV)/.run
	$(EXTRACT)
	$(UPDATE)

# Versions by name and number only.
lock:
	$(PYTHON) -m venv $(VENV)/lock
	$(VENV)/lock/bin/pip install --quiet .
	$(VENV)/lock/bin/pip freeze --exclude motcua > requirements.txt
	$(VENV)/lock/bin/pip install --quiet ".[test,lint]"
	$(VENV)/lock/bin/pip freeze --exclude motcua > requirements-dev.txt
	rm -rf $(VENV)/lock build *.egg-info

$(VENV)/bin/python:
	$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "Python 3.11 or newer is needed")'
	$(PYTHON) -m venv $(VENV)

$(VENV)/.run: $(VENV)/bin/python pyproject.toml requirements.txt
	$(PIP) -r requirements.txt
	$(PIP) --no-deps -e .
	touch $@

$(VENV)/.dev: $(VENV)/.run requirements-dev.txt
	$(PIP) -r requirements-dev.txt
	touch $@

clean:
	rm -rf $(VENV) build *.egg-info
