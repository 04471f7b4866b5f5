# `make help` says what there is. Python 3.11 or later and make are all that has to be there beforehand.

# What has to be compiled is compiled once and kept: importing aws_cdk costs seconds otherwise.
export PYTHONDONTWRITEBYTECODE =
# jsii, npm and cdk look for node on the PATH; a wheel puts one into the virtual environment.
export PATH := $(CURDIR)/.venv/bin:$(PATH)

PYTHON := .venv/bin/python
INSTALL := -m pip --disable-pip-version-check install --quiet --quiet --no-compile
FROM_LOCK := $(INSTALL) --require-hashes --only-binary :all: --requirement
# How many examples the property tests try: fast, check or thorough (conftest.py).
PROFILE := fast
# Two processes for the tests, or none of their own where make itself was told how many.
JOBS := -j2

.PHONY: build test construct-tests other-tests e2e check lint types beside thorough test-oldest e2e-runs corpus mutation fuzz bench docs rule facts lock cdk-synth clean help

build: .venv/ready ## set up, synthesize the sample app into cdk.out, and print what was built (the default)
	@echo "Synthesizing the sample app into cdk.out"
	@$(PYTHON) -m sample_app

test: .venv/ready ## set up, and run every test but those that deploy (make e2e)
	@echo "Testing, in two processes at a time"
	@$(MAKE) --no-print-directory $(JOBS) construct-tests other-tests

# The constructs need a Node process, and take about as long as everything else.
construct-tests:
	@$(PYTHON) -m pytest --hypothesis-profile=$(PROFILE) tests/cdk sample_app/tests

other-tests:
	@$(PYTHON) -m pytest --hypothesis-profile=$(PROFILE) --ignore=tests/cdk --ignore=tests/e2e tests

e2e: .venv/ready build/e2e/ready ## deploy the sample app into a local AWS, and run its tests there
	@echo "Testing in a local AWS"
	@CDK_ESM_E2E=1 $(PYTHON) -m pytest tests/e2e

check: lint ## the whole gate: format, lint, types, and every test with more examples, those that deploy too
	@$(MAKE) --no-print-directory -j2 beside test PROFILE=check JOBS=

# Runs while the tests of the constructs do; when it is through, the other tests take its place.
beside: types
	@$(MAKE) --no-print-directory e2e

lint: .venv/ready ## format and lint, changing nothing
	@echo "Checking format and lint"
	@$(PYTHON) -m ruff format --check --quiet
	@$(PYTHON) -m ruff check --quiet

types: .venv/ready ## check types, strictly (minutes at first, seconds later)
	@echo "Checking types"
	@$(PYTHON) -m mypy

thorough: .venv/ready build/e2e/ready test-oldest ## every test at its full length, the oldest aws-cdk-lib, mutants and a fuzzer (hours)
	@echo "Testing thoroughly"
	@CDK_ESM_THOROUGH=1 CDK_ESM_E2E=1 $(PYTHON) -m pytest --hypothesis-profile=thorough -m "" --junitxml=build/thorough.xml
	@$(PYTHON) -m benchmarks.thorough.laws build/thorough.xml
	@$(MAKE) --no-print-directory corpus fuzz mutation

corpus: build ## check templates that packages ship, our own and generated ones, in every format
	@echo "Checking the corpus"
	@$(PYTHON) -m benchmarks.thorough.corpus

mutation: build/thorough/ready ## count the mutants of filters, reader, rules and simulator that the tests kill
	@echo "Testing mutants"
	@build/thorough/bin/python -m benchmarks.thorough.mutation

fuzz: build/thorough/ready ## fuzz the template reader and the commands for ten minutes
	@echo "Fuzzing the template reader"
	@build/thorough/bin/python -m benchmarks.thorough.fuzz

e2e-runs: .venv/ready build/e2e/ready ## repeat the tests that deploy twenty times, beside a busy process
	@$(PYTHON) -m benchmarks.thorough.deployed

test-oldest: build/oldest/ready ## the tests of the constructs with the oldest supported aws-cdk-lib and constructs
	@echo "Testing with the oldest supported aws-cdk-lib"
	@PATH="$(CURDIR)/build/oldest/bin:$$PATH" build/oldest/bin/python -m pytest tests/cdk

bench: .venv/ready build/peers/ready ## measure time and size, beside what others need for the same
	@$(PYTHON) -m benchmarks

docs: .venv/ready ## write the generated pages of docs/ anew from the code
	@$(PYTHON) -m tools.generate docs

rule: .venv/ready ## write the skeleton of a rule: make rule FAMILY=delivery NAME=slow-drain
	@$(PYTHON) -m tools.new_rule "$(FAMILY)" "$(NAME)"

facts: .venv/ready ## compare the fact sheets with AWS's own models, which botocore and cfn-lint carry
	@$(PYTHON) -m tools.drift

lock: build/uv/bin/uv ## lock the dependencies again (delete a lock first to take the newest of everything)
	@echo "Locking requirements.lock, and those of the other environments"
	@$(COMPILE) pyproject.toml --extra nag --group dev --output-file requirements.lock
	@$(COMPILE) pyproject.toml --group test --resolution lowest-direct --output-file requirements-oldest.lock
	@$(COMPILE) --group thorough --output-file requirements-thorough.lock
	@$(COMPILE) --group peers --output-file requirements-peers.lock
	@$(COMPILE) --group e2e --output-file requirements-e2e.lock

COMPILE = build/uv/bin/uv --quiet pip compile \
	--universal --python-version 3.11 --generate-hashes --no-header --no-emit-index-url

cdk-synth: build node_modules/ready ## synthesize with the pinned CDK command line, and compare with cdk.out
	@echo "Synthesizing with the CDK command line"
	@rm -rf build/cdk-synth
	@CDK_DISABLE_CLI_TELEMETRY=true node_modules/.bin/cdk synth --quiet --no-notices --output build/cdk-synth
	@for path in cdk.out/*.template.json build/cdk-synth/*.template.json; do \
		template="$${path##*/}"; diff "cdk.out/$$template" "build/cdk-synth/$$template" || exit 1; \
	done
	@echo "Both ways give the same templates"

clean: ## delete everything that was made here, the virtual environment too
	@rm -rf .venv build dist cdk.out node_modules .mypy_cache .ruff_cache .pytest_cache .hypothesis

help: ## show this
	@sed -n 's/^\([a-z0-9-]*\):.*## \(.*\)/\1	\2/p' Makefile | while IFS='	' read -r target what; do \
		printf '%-12s %s\n' "$$target" "$$what"; \
	done

# The environment follows the lock exactly: another lock makes another environment.
.venv/locked: requirements.lock
	@$(NEW_VENV) .venv
	@echo "Installing what requirements.lock names, once"
	@$(PYTHON) $(FROM_LOCK) requirements.lock
	@touch $@

.venv/ready: .venv/locked pyproject.toml
	@$(PYTHON) $(INSTALL) --no-build-isolation --no-deps --editable .
	@touch $@

build/oldest/ready: requirements-oldest.lock
	@$(NEW_VENV) build/oldest
	@echo "Installing what requirements-oldest.lock names, once"
	@build/oldest/bin/python $(FROM_LOCK) requirements-oldest.lock
	@touch $@

build/thorough/ready: requirements-thorough.lock
	@$(NEW_VENV) build/thorough
	@echo "Installing what requirements-thorough.lock names, once"
	@build/thorough/bin/python $(FROM_LOCK) requirements-thorough.lock
	@touch $@

build/e2e/ready: requirements-e2e.lock
	@$(NEW_VENV) build/e2e
	@echo "Installing what requirements-e2e.lock names, once"
	@build/e2e/bin/python $(FROM_LOCK) requirements-e2e.lock
	@touch $@

build/peers/ready: requirements-peers.lock
	@$(NEW_VENV) build/peers
	@echo "Installing what requirements-peers.lock names, once"
	@build/peers/bin/python $(FROM_LOCK) requirements-peers.lock
	@touch $@

build/uv/bin/uv:
	@$(NEW_VENV) build/uv
	@build/uv/bin/python $(INSTALL) uv==0.13.8

node_modules/ready: package.json package-lock.json | .venv/ready
	@echo "Installing the CDK command line, once"
	@npm ci --silent
	@touch $@

# The newest Python that can make a virtual environment; a name on the PATH may be a shim that runs nothing.
NEW_VENV = for python in python3.14 python3.13 python3.12 python3.11 python3 none; do \
		"$$python" -c 'import ensurepip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break; \
	done; \
	if [ "$$python" = none ]; then \
		echo "This needs Python 3.11 or later, with its venv module (on Debian: apt install python3-venv)." >&2; exit 1; \
	fi; \
	echo "Making a virtual environment with $$("$$python" --version)"; \
	"$$python" -m venv --clear
