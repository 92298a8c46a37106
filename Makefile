# The words that a newcomer, a developer and a check need. Everything lands in .venv/ and var/ beside this file.
SHELL := /bin/sh
PYTHON ?= python3
PORT ?= 8000
PY := .venv/bin/python
CODE := cryptonewshub tests benchmarks

DATA ?= ../shared

.PHONY: run test check bench lighthouse lock clean

run: .venv/runtime  ## make the demo newsroom and serve it at http://localhost:8000
	@exec $(PY) -m cryptonewshub init --demo --serve --port $(PORT)

test: .venv/dev .venv/tools  ## the whole suite
	$(PY) -m pytest -n auto

check: .venv/dev  ## lint and types
	$(PY) -m ruff check $(CODE)
	$(PY) -m ruff format --check $(CODE)
	$(PY) -m mypy $(CODE)

bench: .venv/dev  ## measure all of it: docs/reference/performance.md; takes an hour, 5 GB in build/, wrk and nginx
	$(PY) -m benchmarks.sizes
	$(PY) -m benchmarks.serving --home build/bench/10,000
	$(PY) -m benchmarks.search
	$(PY) -m benchmarks.log
	[ ! -d $(DATA) ] || { $(PY) -m benchmarks.quotations $(DATA) && $(PY) -m benchmarks.matching $(DATA); }

lighthouse: .venv/runtime  ## reports on the pages in build/lighthouse, and the HTTP Observatory's grades; needs npm and Chromium
	@sh benchmarks/lighthouse.sh

lock: .venv/dev  ## resolve requirements/*.in anew; needs uv on the PATH
	@for set in runtime dev; do \
	  uv pip compile requirements/$$set.in --universal --python-version 3.11 --generate-hashes \
	    --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" -q -o requirements/$$set.txt; \
	done

clean:  ## remove what `make` made, the newsroom in var/ excepted
	rm -rf .venv build .mypy_cache .ruff_cache .pytest_cache

.venv/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null || { \
	  found=$$($(PYTHON) --version 2>/dev/null || echo "not there"); \
	  echo "CryptoNewsHub needs Python 3.11 or newer, and $(PYTHON) is $$found. Name one: make run PYTHON=/path/to/python3" >&2; \
	  exit 2; }
	@$(PYTHON) -m venv .venv || { \
	  echo "Python could not make .venv here. On Debian, install python3-venv; and see that the disk is not full." >&2; exit 2; }
	@touch $@

.venv/runtime: requirements/runtime.txt | .venv/python
	@sh requirements/install.sh runtime
	@touch $@

.venv/dev: requirements/dev.txt | .venv/python
	@sh requirements/install.sh dev
	@touch $@ .venv/runtime

.venv/tools: | .venv/python
	@sh tests/install.sh
	@touch $@
