# Everything a checkout can do. The work is in packaging/*.sh and in Python; this is the list of it.
.DEFAULT_GOAL := help
.PHONY: help run test check format golden bench soak screenshots film lock audit locale schema wheel clean test-chroot bundle deb windows-installer macos-app release test-installers

python := .venv/bin/python
# Cores for the tests, and what to hand to pytest: make test ARGS="tests/unit -k names"
JOBS ?= 2
ARGS ?=
# Where the frozen program is made; see packaging/bundle.sh.
export BUNDLE_VENV ?= build/bundle-venv
# Material of the field that tests compare with (starter packs, samples); they skip where it is not there.
ifneq ($(wildcard ../shared/reference),)
export LATCHKEY_REFERENCE ?= $(abspath ../shared)
endif

help:  ## show this list
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 14

run:  ## set up, then open the wizard on the example (without a display: compose it into out/)
	@packaging/bootstrap.sh run
	@packaging/run_example.sh

test:  ## set up, then run all tests
	@packaging/bootstrap.sh dev
	$(python) -m pytest -n $(JOBS) --dist worksteal $(ARGS)

check:  ## formatting, lint, types and the floors
	@packaging/bootstrap.sh dev
	$(python) -m ruff format --check
	$(python) -m ruff check
	$(python) -m mypy
	.venv/bin/lint-imports

format:  ## put the code in form
	@packaging/bootstrap.sh dev
	$(python) -m ruff format
	$(python) -m ruff check --fix

golden:  ## write the golden files anew; then read the difference
	@packaging/bootstrap.sh dev
	$(python) -m pytest -n $(JOBS) -q --update-golden tests/unit $(ARGS)
	@git --no-pager diff --stat -- tests/golden

bench:  ## measure start times and the big jobs, as ratios
	@packaging/bootstrap.sh dev
	$(python) tests/bench/bench.py

soak:  ## ten minutes of faults, kills and odd input (ARGS="120 kernel" for less)
	@packaging/bootstrap.sh dev
	$(python) tests/soak/soak.py $(ARGS)

screenshots:  ## every page of the wizard in both themes and languages, into out/screenshots
	@packaging/bootstrap.sh dev
	@if [ -n "$${DISPLAY:-$${WAYLAND_DISPLAY:-}}" ]; then $(python) tests/gui/screenshots.py; \
	else xvfb-run -a -s "-screen 0 1280x800x24" $(python) tests/gui/screenshots.py; fi

film:  ## a newcomer's way through the wizard as numbered pictures, in both languages, into out/film (needs xdotool)
	@packaging/bootstrap.sh dev
	@rm -rf out/film
	@for language in en zh_CN; do QT_QPA_PLATFORM=xcb xvfb-run -a -s "-screen 0 1280x800x24" \
	$(python) tests/end2end/newcomer.py out/film/$$language $$language && ls out/film/$$language/*.png || exit 1; done

lock:  ## write requirements*.txt from pyproject.toml (ARGS=--upgrade for newer versions)
	@packaging/bootstrap.sh dev
	@packaging/lock.sh $(ARGS)

audit:  ## look for published weaknesses in what the lock pins (ARGS=DATABASE: a folder or zip of OSV records)
	@packaging/bootstrap.sh dev
	@$(python) packaging/audit.py $(ARGS)

locale:  ## collect the sentences to translate, bring the translations up to date, compile them
	@packaging/bootstrap.sh dev
	@packaging/locale.sh

schema:  ## write the JSON schema of provider files, for editors
	@packaging/bootstrap.sh dev
	$(python) packaging/provider_schema.py

wheel:  ## build the wheel into dist/
	@packaging/bootstrap.sh dev
	$(python) -m pip wheel --quiet --disable-pip-version-check --no-deps --no-build-isolation --wheel-dir dist .
	@ls dist

bundle:  ## the frozen program for this system, into build/bundle (Linux and macOS)
	@packaging/bundle.sh

deb: bundle  ## the Debian package, into dist/
	@PYTHONPATH=app $(BUNDLE_VENV)/bin/python packaging/linux/deb.py $(ARGS)

windows-installer:  ## the Windows setup, into dist/ (on Linux under Wine, to try it; see packaging/windows/)
	@packaging/bootstrap.sh dev
	@$(python) packaging/windows/build.py $(ARGS)

macos-app: bundle  ## on a Mac: the disk image with Latchkey.app, into dist/
	@packaging/macos/dmg.sh

release:  ## the release folder: all of this version in dist/, with checksums
	@python3 packaging/release.py

test-installers:  ## build, install, use, upgrade and remove the installers (as root; needs debootstrap, wine; long)
	@packaging/bootstrap.sh dev
	$(python) -m pytest tests/packaging/installer_*.py --durations=0 $(ARGS)

test-chroot:  ## try `make run` and `make test` on a bare Debian 12 (as root; needs debootstrap)
	@tests/packaging/chroot_trial.sh

clean:  ## remove all that was made here, .venv too
	rm -rf .venv out dist build .pytest_cache .mypy_cache .ruff_cache .hypothesis .import_linter_cache
	find app tests packaging -name __pycache__ -type d -prune -exec rm -rf {} +
	find resources/locale -name '*.mo' -delete
