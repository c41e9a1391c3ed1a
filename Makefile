# `make synth` and `make test` do all set-up by themselves; they need git, make and Python 3.11 or later.
#   PYTHON=python3.13      the interpreter for .venv (default: the newest that can make one)
#   ARGS="-k probes -x"    what pytest gets in addition

.DEFAULT_GOAL := help
# A half-made target is removed, so that the next run makes it again.
.DELETE_ON_ERROR:
.PHONY: help setup node synth check test test-fast slow cluster-test docs control-plane engines benchmark lint format package crds compat imports lock upgrade clean

ARGS =
UV = uv
GO = go
VENV = .venv
PY = $(VENV)/bin/python
# Wheels only: a source build would download build tools that no hash pins, and for Node take an hour.
PIP_INSTALL = -m pip --disable-pip-version-check install --quiet --no-deps --only-binary :all: --require-hashes -r
# Certificates as the machine has them, as pip does: a company's own authority is known to it and not to Node.
NPM = PATH="$(CURDIR)/$(VENV)/bin:$$PATH" NODE_USE_SYSTEM_CA=1 npm
NODE = $$($(PY) -P hanzo_constructs/constructs/node/binary.py)

help:
	@echo "make synth          render apps/platform into its dist/"
	@echo "make check          tell whether that is what is committed there"
	@echo "make test           run the tests"
	@echo "make test-fast      run those that take a minute together: no Node, no processes, few examples, not every field"
	@echo "make slow           run the slow tests"
	@echo "make cluster-test   run the tests that need a Kubernetes control plane (KUBEBUILDER_ASSETS, or make control-plane)"
	@echo "make docs           build the documentation as a site into .build/site/published"
	@echo "make engines        gets servers and clients for the slow tests (needs Go, npm and half an hour)"
	@echo "make control-plane  build a Kubernetes control plane for the slow tests (needs Go and half an hour)"
	@echo "make benchmark      measure against what a user would pick instead (ten minutes or more)"
	@echo "make lint           check style, types and import contracts"
	@echo "make format         format the code"
	@echo "make package        build the package into .build/packages and check the wheel by installing it alone"
	@echo "make crds           write the definitions of the kinds into crds/"
	@echo "make compat         say what the definitions in crds/ break of the last release"
	@echo "make imports        import our kinds and some of others into Python (cdk8s import)"
	@echo "make lock           pin the dependencies of pyproject.toml and package.json (needs uv); upgrade: to their newest"
	@echo "make clean          remove everything that make made"

synth: setup
	@node=$(NODE) && JSII_NODE="$$node" CDK8S_CHECK_UPGRADE=false "$$node" node_modules/cdk8s-cli/bin/cdk8s synth

check: setup
	@node=$(NODE) && JSII_NODE="$$node" $(VENV)/bin/hzc check --strict

test: setup
	@$(PY) -m pytest -n auto --dist worksteal $(ARGS)

test-fast: setup
	@$(PY) -m pytest -n auto --dist worksteal --hypothesis-profile=fast -m "not slow and not node and not processes and not thorough" \
	  --ignore tests/benchmarks --ignore tests/apps --ignore tests/docs $(ARGS)

slow: setup .build/checkov/.installed .build/yaml-language-server/.installed
	@PATH="$(CURDIR)/.build/checkov/bin:$(CURDIR)/.build/engines/bin:$$PATH" $(PY) -m pytest -m slow $(ARGS)

# Pytest would skip every test; who asks for these wants to know why none runs.
cluster-test: setup
	@$(PY) -c 'import sys; from tests.cluster.server import missing_program as missing; sys.exit(missing("etcd", "kube-apiserver", "openssl"))'
	@$(PY) -m pytest -m cluster $(ARGS)

docs: setup .build/docs/.installed
	@$(PY) -m scripts.build_site .build/docs/bin/zensical

control-plane: .build/control-plane/kube-controller-manager

engines:
	@scripts/get_engines.sh .build/engines

benchmark: setup $(VENV)/.benchmarks benchmarks/node_modules/.installed
	@$(PY) -m benchmarks $(ARGS)

# Every check runs, so that one run tells everything.
lint: setup
	@node=$(NODE); status=0; \
	$(VENV)/bin/ruff check || status=1; \
	$(VENV)/bin/ruff format --check || status=1; \
	$(VENV)/bin/mypy || status=1; \
	"$$node" node_modules/pyright/index.js || status=1; \
	$(VENV)/bin/lint-imports --no-logo || status=1; \
	exit $$status

format: setup
	@$(VENV)/bin/ruff check --fix-only
	@$(VENV)/bin/ruff format

crds: setup
	@$(VENV)/bin/hzc crds -o crds

imports: setup
	@$(PY) -m scripts.generate_imports

compat: setup
	@$(PY) -m scripts.check_compat

# The wheel is installed without anything of the set-up, as a user has it; VERSION is what it must be.
package: setup
	@rm -rf .build/packages .build/alone
	@$(PY) -m hatchling build --directory .build/packages
	@$(PY) -m venv .build/alone
	@.build/alone/bin/python -m pip --disable-pip-version-check install --quiet .build/packages/*.whl
	@$(PY) -m scripts.check_package .build/alone/bin $(VERSION)

# -- set-up: each step leaves a stamp and runs again when what it pins has changed --

setup: $(VENV)/.project node node_modules/.installed
	@:

$(VENV)/pyvenv.cfg:
	@for python in $(PYTHON) $(if $(PYTHON),,python3.14 python3.13 python3.12 python3.11 python3 python); do \
	  if "$$python" -c 'import ensurepip, sys, venv; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then \
	    echo "making $(VENV) with $$("$$python" --version)"; exec "$$python" -m venv $(VENV); \
	  fi; \
	done; \
	echo "error: $(or $(PYTHON),python3) is not Python 3.11 or later with the venv module; install one (Debian and" \
	  "Ubuntu: python3 and python3-venv) or name one: make PYTHON=/path/to/python3" >&2; exit 1

$(VENV)/.requirements: requirements.txt | $(VENV)/pyvenv.cfg
	@echo "installing Python packages"
	@$(PY) $(PIP_INSTALL) requirements.txt
	@touch $@

$(VENV)/.project: pyproject.toml $(VENV)/.requirements
	@$(PY) -m pip --disable-pip-version-check install --quiet --no-deps --no-build-isolation --editable .
	@touch $@

# The pinned Node, unless the machine has one that will do; asked every time, because that one may go away.
node: $(VENV)/.project
	@if [ -e $(VENV)/.node ] && [ requirements-node.txt -nt $(VENV)/.node ] || \
	    ! PATH="$(VENV)/bin:$$PATH" command -v npm >/dev/null || ! node=$(NODE) 2>/dev/null; then \
	  echo "installing Node"; $(PY) $(PIP_INSTALL) requirements-node.txt && touch $(VENV)/.node; \
	fi

node_modules/.installed: package.json package-lock.json .npmrc | node
	@echo "installing npm packages"
	@$(NPM) ci --loglevel=error >/dev/null
	@touch $@

# The generator of the site lives by itself: nobody needs it to build or to test.
.build/docs/.installed: requirements-docs.txt | $(VENV)/pyvenv.cfg
	@echo "installing what builds the site"
	@$(PY) -m venv .build/docs
	@.build/docs/bin/python $(PIP_INSTALL) requirements-docs.txt
	@touch $@

# checkov wants older versions of what we use, so it lives by itself.
.build/checkov/.installed: requirements-checkov.txt | $(VENV)/pyvenv.cfg
	@echo "installing checkov"
	@$(PY) -m venv .build/checkov
	@.build/checkov/bin/python $(PIP_INSTALL) requirements-checkov.txt
	@touch $@

.build/yaml-language-server/.installed: $(wildcard tests/editor/yaml_language_server/package*.json) | node
	@echo "installing yaml-language-server"
	@mkdir -p $(@D) && cp tests/editor/yaml_language_server/package*.json tests/editor/yaml_language_server/.npmrc $(@D)
	@$(NPM) --prefix $(@D) ci --loglevel=error >/dev/null
	@touch $@

# Kubernetes publishes its programs as Go modules; unless it is told its version, a server takes itself for another one.
KUBERNETES = $(shell sed -n 's/^\tk8s.io\/kubernetes v//p' tests/cluster/control_plane/go.mod)
SET_VERSION = -X k8s.io/component-base/version.git

.build/control-plane/kube-controller-manager: $(wildcard tests/cluster/control_plane/go.* tests/cluster/control_plane/*/*.go)
	@echo "building Kubernetes $(KUBERNETES)"
	@mkdir -p $(@D)
	@cd tests/cluster/control_plane && $(GO) build -o $(CURDIR)/$(@D)/ -ldflags "-s -w $(SET_VERSION)Version=v$(KUBERNETES) \
	  $(SET_VERSION)Major=$(word 1,$(subst ., ,$(KUBERNETES))) $(SET_VERSION)Minor=$(word 2,$(subst ., ,$(KUBERNETES)))" ./...
	@touch $@

benchmarks/node_modules/.installed: benchmarks/package.json benchmarks/package-lock.json | node
	@$(NPM) --prefix benchmarks ci --loglevel=error >/dev/null
	@touch $@

$(VENV)/.benchmarks: requirements-benchmarks.txt $(VENV)/.requirements
	@echo "installing what the benchmarks compare with"
	@$(PY) $(PIP_INSTALL) requirements-benchmarks.txt
	@touch $@

# -- for maintainers --

COMPILE = UV_CUSTOM_COMPILE_COMMAND="make lock" $(UV) pip compile --quiet --universal --python-version 3.11 \
  --generate-hashes --no-emit-index-url --no-emit-find-links $(UPGRADE)
# The requirements of extras; `core` is what the command line needs, without what programs of cdk8s do.
EXTRA = $(PY) -c 'import sys, tomllib; project = tomllib.load(open("pyproject.toml", "rb"))["project"]; \
  extras = {**project["optional-dependencies"], "core": [each for each in project["dependencies"] if each[:2] not in ("cd", "co")]}; \
  print(*(each for extra in sys.argv[1:] for each in extras[extra]), sep="\n")'

lock:
	$(COMPILE) pyproject.toml --extra dev -o requirements.txt
	$(EXTRA) node | $(COMPILE) - -c requirements.txt -o requirements-node.txt
	$(EXTRA) core operator rules | $(COMPILE) - -c requirements.txt -o requirements-operator.txt
	$(EXTRA) docs | $(COMPILE) - -o requirements-docs.txt
	$(EXTRA) benchmarks | $(COMPILE) - -c requirements.txt -o requirements-benchmarks.txt
	echo checkov | $(COMPILE) - -o requirements-checkov.txt
	$(NPM) install --package-lock-only
	cd tests/editor/yaml_language_server && $(NPM) install --package-lock-only

upgrade:
	$(MAKE) lock UPGRADE=--upgrade

clean:
	rm -rf $(VENV) node_modules benchmarks/node_modules dist .build \
	  .mypy_cache .ruff_cache .pytest_cache .hypothesis .import_linter_cache
