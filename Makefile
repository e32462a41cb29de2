# Everything runs from .venv, which is made from the hashed lock on first use.
PYTHON ?= python3
VENV := .venv
BIN := $(VENV)/bin
READY := $(VENV)/.ready
SITE := _build/html
PORT ?= 8000

export PYTHONHASHSEED := 0

.DEFAULT_GOAL := help
.PHONY: help book pdf screenshots test site-test runs lab serve lock lint clean

help:  ## list the targets
	@awk -F':.*## ' '/^[a-z-]+:.*## /{printf "  make %-12s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

$(READY): requirements.lock pyproject.toml
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11) and "cnub needs Python 3.11 or newer; set PYTHON=python3.x")'
	@echo "==> installing the locked environment into $(VENV) (about a minute, once)"
	@test -x $(BIN)/python || $(PYTHON) -m venv $(VENV)
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --progress-bar off --require-hashes -r requirements.lock
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation --editable .
	@touch $@

# What the site is made from: files, and the commit that its pages name. The pages of the reference and about the book are written anew.
BUILT := _build/.book
SOURCES = find book src papermill_runs tests/reference *.md *.cff Makefile pyproject.toml $(READY) \
	$$(git rev-parse --git-path logs/HEAD 2>/dev/null) -type f ! -name '*.pyc' ! -path 'book/api/*' ! -path 'book/about/*'

book: $(READY)  ## execute every chapter and build the site into _build/html
	@if [ -f $(SITE)/index.html ] && $(SOURCES) | sort | cmp -s - $(BUILT) && [ -z "$$($(SOURCES) -newer $(BUILT))" ]; then \
		echo "$(SITE) is up to date"; \
	else \
		mkdir -p _build && rm -f $(BUILT) && $(SOURCES) | sort > $(BUILT).new && \
		$(BIN)/jupyter-book build book -W -n --keep-going && mv $(BUILT).new $(BUILT); \
	fi

pdf: $(READY)  ## print the whole built site into _build/cnub.pdf, by headless Chromium
	@test -f $(SITE)/index.html || $(MAKE) book
	@$(BIN)/python book/print_pdf.py $(SITE) _build/cnub.pdf

screenshots: $(READY)  ## picture every page of the built site into _build/screenshots: wide and phone, light and dark, printed
	@test -f $(SITE)/index.html || $(MAKE) book
	@$(BIN)/python book/screenshots.py $(SITE) _build/screenshots

test: $(READY)  ## run the tests, the execution of every chapter included
	@OPENBLAS_NUM_THREADS=1 $(BIN)/python -m pytest -n 2 --dist worksteal -m "not site"

site-test: $(READY)  ## open the built site in headless Chromium and check every page
	@test -f _build/cnub.pdf || $(MAKE) pdf
	@$(BIN)/python -m pytest -n 2 -m site tests/site

runs: $(READY)  ## execute the heavy runs whose records under papermill_runs/ are not fresh, and record them
	@$(BIN)/cnub run --all --record

lab: $(READY)  ## open the chapters in JupyterLab, as notebooks, with the outputs of the last make book
	@mkdir -p _build/lab
	@for built in _build/jupyter_execute/*.ipynb; do \
		kept=_build/lab/$$(basename "$$built"); \
		if [ -f "$$built" ] && [ ! "$$kept" -nt "$$built" ]; then cp "$$built" "$$kept"; fi; \
	done
	@find _build/lab -name '*.ipynb' -exec $(BIN)/jupyter trust {} + >/dev/null
	@JUPYTER_CONFIG_PATH=lab $(BIN)/jupyter lab --allow-root --notebook-dir=. --LabApp.default_url=/lab/tree/book/intro.md

serve: $(READY)  ## serve the built site on localhost
	@test -f $(SITE)/index.html || $(MAKE) book
	@$(BIN)/python -m http.server --bind 127.0.0.1 --directory $(SITE) $(PORT)

lint: $(READY)  ## check style with ruff, types with mypy, and that each room imports earlier rooms only
	@$(BIN)/ruff check src tests
	@$(BIN)/mypy --no-error-summary
	@$(BIN)/lint-imports --no-logo --no-cache

lock:  ## resolve pyproject.toml again into requirements.lock (needs uv on the PATH)
	@uv lock --upgrade
	@uv export --quiet --frozen --no-emit-project --all-groups --all-extras --no-header -o requirements.lock

clean:  ## remove everything that was built, the environment excepted
	@rm -rf _build .pytest_cache .hypothesis
