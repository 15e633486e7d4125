# Two commands on a fresh machine with Python 3.11+ and make: `make demo` and `make test`.

PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
STAMP := $(VENV)/installed
BENCH_VENV := .venv-bench
BENCH_STAMP := $(BENCH_VENV)/installed
# test processes at a time; those that have a broker each wait for it most of the time
JOBS ?= 2
BROKERS ?= 3
CODE := schemas wirespin agents streams benchmarks tests examples docs

.PHONY: help install demo test test-kafka test-browser check docs format quality bench faults faults-short schemas lock clean

help:
	@echo "make demo        install, start the embedded broker and a worker, replay seeds/, show the alert, stop all"
	@echo "make test        install, run the tests on the embedded broker"
	@echo "make test-kafka  the same integration tests on a real Apache Kafka 4 (needs java 17+ and mvn)"
	@echo "make test-browser the tests of the desk in a Chromium, which must be there"
	@echo "make check       formatter, linter, types, layers, schemas, contracts"
	@echo "make docs        the documentation as a site, links checked: site/index.html"
	@echo "make quality     score the labelled stories and compare with the pinned floors"
	@echo "make faults      kill, stop, starve and cut off workers and brokers under load (an hour; faults-short: two minutes)"
	@echo "make bench       a short run of the rolling index beside datasketch, rensa and gaoya (an install of its own)"
	@echo "make format | schemas | lock | clean"

install: $(STAMP)

$(STAMP): requirements.lock pyproject.toml
	$(PYTHON) -c "import sys; sys.exit(sys.version_info < (3, 11) and 'wirespin needs Python 3.11 or later, this is ' + sys.version.split()[0])"
	test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $(STAMP)

demo: install
	$(BIN)/wirespin replay seeds

test: install
	$(BIN)/python -m pytest -n $(JOBS) --dist loadfile -m "not integration and not browser"
	$(BIN)/python -m pytest -n $(BROKERS) --dist worksteal -m integration

test-kafka: install
	$(BIN)/python -m tests.support.apache_kafka --download-only
	$(BIN)/python -m pytest -n $(BROKERS) --dist worksteal --broker=kafka -m "integration or apache"

test-browser: install
	$(BIN)/python -m pytest tests/browser --browser-required

docs: install
	NO_MKDOCS_2_WARNING=true $(BIN)/python -m mkdocs build --quiet --strict
	$(BIN)/python -m streams.reference.check site

check: install
	$(BIN)/ruff format --check $(CODE)
	$(BIN)/ruff check $(CODE)
	$(BIN)/mypy
	$(BIN)/lint-imports
	$(BIN)/check-jsonschema --builtin-schema vendor.compose-spec docker-compose.yml
	$(BIN)/python -m schemas.jsonschema --check
	$(BIN)/python -m streams.contracts --check

quality: install
	$(BIN)/python -m benchmarks.quality

# The long form, with real texts: $(BENCH_VENV)/bin/python -m benchmarks.window --texts FILE... (see docs/benchmarks.md)
bench: $(BENCH_STAMP)
	$(BENCH_VENV)/bin/python -m benchmarks.window --few --live 1280 --windows 1000 10000

$(BENCH_STAMP): requirements-bench.lock
	test -x $(BENCH_VENV)/bin/python || $(PYTHON) -m venv $(BENCH_VENV)
	$(BENCH_VENV)/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.lock
	touch $(BENCH_STAMP)

# FAULTS_SEED=n repeats a run: each prints its seed. See docs/reliability.md.
FAULTS_SEED ?= 20261122
FAULTS := $(BIN)/python -m benchmarks.faults --seed $(FAULTS_SEED)

faults: install
	$(BIN)/python -m tests.support.apache_kafka --download-only
	$(FAULTS) --articles 20000 --faults 120 --together 3
	$(FAULTS) --articles 20000 --faults 60 --broker kafka
	$(FAULTS) --articles 4000 --faults 16 --broker cluster
	$(FAULTS) --articles 2000 --faults 6 --broker kafka --kinds worker-stop-60 broker-stop-60

faults-short: install
	$(FAULTS) --articles 600 --faults 3 --kinds worker-kill worker-stop net-cut

format: install
	$(BIN)/ruff format $(CODE)
	$(BIN)/ruff check --fix $(CODE)

schemas: install
	$(BIN)/python -m schemas.jsonschema
	$(BIN)/python -m tests.contracts.making
	$(BIN)/python -m streams.contracts

# Needs uv (pip install uv), which resolves for all Python versions and platforms at once.
lock:
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--extra embedded --extra otel --extra report --extra docs --extra dev pyproject.toml -o requirements.lock
	uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-emit-index-url --no-header \
		--extra bench --constraint requirements.lock pyproject.toml -o requirements-bench.lock

clean:
	rm -rf $(VENV) $(BENCH_VENV) site .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache build dist *.egg-info
	find . -name __pycache__ -type d -prune -exec rm -rf {} +
