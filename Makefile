# kith: try it, test it, install it. `make help` lists the targets.

SHELL := /bin/bash
.SHELLFLAGS := -euo pipefail -c
.DEFAULT_GOAL := help
MAKEFLAGS += --no-print-directory
export PATH := $(PATH):$(HOME)/.local/share/swiftly/bin:/opt/swift/usr/bin
export DEBIAN_FRONTEND := noninteractive

PREFIX ?= $(HOME)/.local
CONFIG_HOME = $(or $(XDG_CONFIG_HOME),$(HOME)/.config)
DATA_HOME = $(or $(XDG_DATA_HOME),$(HOME)/.local/share)
STATE_HOME = $(or $(XDG_STATE_HOME),$(HOME)/.local/state)

# The one release build, shared by demo and install. A PROGRAM of one's own is installed as it is.
RELEASE = swift build -c release --product kith --static-swift-stdlib
PROGRAM ?= .build/release/kith
# The one debug build, shared by every step of test.
DEBUG_PROGRAM = .build/debug/kith
PYTEST = .build-venv/bin/pytest

BUILD_PACKAGES = libsystemd-dev libsqlite3-dev tzdata pkg-config
TEST_PACKAGES = $(BUILD_PACKAGES) dbus dbus-user-session dunst fonts-dejavu-core gcc imagemagick libc6-dev libical-dev msmtp passwd \
	patch procps python3 python3-venv strace systemd util-linux xdotool xvfb
BENCH_PACKAGES = $(BUILD_PACKAGES) gcc libc6-dev libical-dev python3 python3-venv
# For the tables of tests that compare with other implementations; none of it is linked.
PYTHON ?= /usr/bin/python3

UNIT = $(CONFIG_HOME)/systemd/user/kith.service
COMPLETIONS = $(PREFIX)/share/bash-completion/completions/kith $(PREFIX)/share/zsh/site-functions/_kith \
	$(PREFIX)/share/fish/vendor_completions.d/kith.fish
INSTALLED = $(PREFIX)/bin/kith $(UNIT) $(COMPLETIONS)
USER_MANAGER = systemctl --user show-environment >/dev/null 2>&1

.PHONY: help build demo test lint format install uninstall clean toolchain build-packages test-packages
.PHONY: release test-swift test-system conformance simulate faults bench bench-packages fuzz fuzz-keep

help:
	@printf '%s\n' \
	  'make demo        a season with a sample network, in this terminal; installs nothing of kith' \
	  'make install     the program to PREFIX ($(PREFIX)), the service to your systemd user manager' \
	  'make uninstall   removes what install put there; your data stays' \
	  'make test        every check: lint, build, unit tests, whole-system tests, conformance' \
	  'make build       the release build      make format   formats the sources' \
	  'make fuzz        looks for inputs that break the readers; TARGET=rule SECONDS=600 for one, longer' \
	  'make simulate    a thousand years of a simulated user, for what must always hold; YEARS=50 SEED=1' \
	  'make faults      breaks kith on purpose, and sees that it is noticed; FAULTS="utc-dates no-again" for some' \
	  'make lint        the style checks       make clean    removes what was built' \
	  'make bench       how fast it is, beside others on this machine; takes a quarter of an hour'

# --- what the machine needs -------------------------------------------------------------------------------------------

toolchain:
	@version=$$(swift --version 2>/dev/null | sed -nE 's/.*Swift version ([0-9]+)\.([0-9]+).*/\1 \2/p' | head -n 1) || true; \
	read -r major minor <<<"$${version:-0 0}"; \
	(( major > 6 || (major == 6 && minor >= 2) )) || { \
	  echo 'kith needs Swift 6.2 or newer on the PATH: https://www.swift.org/install/linux' >&2; exit 1; }

# $(call packages,LIST): installs those of LIST that are missing, and asks nothing of a machine that has them all.
define packages
	@missing=(); \
	if command -v dpkg-query >/dev/null; then \
	  for name in $(1); do \
	    dpkg-query -W -f '$${db:Status-Status}\n' "$$name" 2>/dev/null | grep -qx installed || missing+=("$$name"); \
	  done; \
	  (( $${#missing[@]} == 0 )) && exit 0; \
	  echo "installing: $${missing[*]}"; \
	  root=(); (( EUID == 0 )) || root=(sudo DEBIAN_FRONTEND=noninteractive); \
	  (( EUID == 0 )) || command -v sudo >/dev/null || { \
	    echo "neither root nor sudo here; as root: apt-get install $${missing[*]}" >&2; exit 1; }; \
	  "$${root[@]}" apt-get update -q </dev/null; \
	  "$${root[@]}" apt-get install -q -y --no-install-recommends "$${missing[@]}" </dev/null; \
	else \
	  echo 'not a Debian system; kith goes on, and needs what these Debian packages hold: $(strip $(1))' >&2; \
	fi
endef

build-packages:
	$(call packages,$(BUILD_PACKAGES))

test-packages:
	$(call packages,$(TEST_PACKAGES))

bench-packages:
	$(call packages,$(BENCH_PACKAGES))

# --- try --------------------------------------------------------------------------------------------------------------

build: release

release: toolchain build-packages
	@$(RELEASE)

demo: release
	@config/sample/demo.sh .build/release/kith

# --- check ------------------------------------------------------------------------------------------------------------

# Warnings are errors here and in .ci/run alike; a user's own build is never stopped by a newer compiler's new warning.
test lint test-swift test-system conformance: export KITH_STRICT = 1

test: toolchain test-packages
	@$(MAKE) lint test-swift conformance test-system
	@$(MAKE) simulate YEARS=50
	@$(MAKE) faults FAULTS="every-off-by-one budget-forgotten attempt-row-after-send"
	@$(MAKE) fuzz SECONDS=5

lint: toolchain
	swift format lint --strict -r Package.swift Sources Tests

format: toolchain
	swift format -i -r Package.swift Sources Tests

# One after another: the time limits of tests mean themselves then, however few cores there are.
test-swift: toolchain test-packages
	swift build --build-tests --explicit-target-dependency-import-check error
	swift test --skip-build --no-parallel

test-system: toolchain test-packages $(PYTEST)
	KITH_PROGRAM=$(CURDIR)/$(DEBUG_PROGRAM) PYTHONDONTWRITEBYTECODE=1 $(PYTEST) -c Tests/System/pytest.ini Tests/System

# What kith reads, against what others make of it. Each script tells what it compares, and ends a run with what differs.
CONFORMANCE = PYTHONDONTWRITEBYTECODE=1 .build-venv/bin/python Tests/Conformance
LIBICAL = .build/conformance/libical

conformance: toolchain test-packages $(PYTEST) $(LIBICAL)
	swift build --product kith
	$(CONFORMANCE)/rules.py $(DEBUG_PROGRAM)
	$(CONFORMANCE)/libical_rules.py $(DEBUG_PROGRAM) $(LIBICAL)
	$(CONFORMANCE)/zones.py $(DEBUG_PROGRAM)
	$(CONFORMANCE)/vtimezones.py $(DEBUG_PROGRAM) $(LIBICAL)
	$(CONFORMANCE)/windows.py $(DEBUG_PROGRAM)

# Libical is linked here alone, to be asked.
$(LIBICAL): Tests/Conformance/libical.c | test-packages
	mkdir -p $(@D)
	cc -std=c17 -D_DEFAULT_SOURCE -O2 -Wall -Wextra -Werror -o $@ $< -lical

REQUIREMENTS = Tests/System/requirements.txt Tests/Conformance/requirements.txt

$(PYTEST): $(REQUIREMENTS)
	$(PYTHON) -m venv --clear .build-venv
	.build-venv/bin/pip install --quiet --disable-pip-version-check $(addprefix -r ,$(REQUIREMENTS))
	touch $@

# --- simulate ---------------------------------------------------------------------------------------------------------

# Lives drawn from seeds, from SEED on, of two years each; and what is broken on purpose, each alone, for at most FAULT_YEARS.
YEARS ?= 1000
SEED ?= 1
FAULTS ?= all
FAULT_YEARS ?= 100
SIMULATE = $(PYTHON) -B Tests/Simulation/simulate.py

simulate: toolchain build-packages
	@$(SIMULATE) play $(YEARS) $(SEED)

faults: toolchain build-packages
	@$(SIMULATE) faults $(FAULT_YEARS) $(FAULTS)

# --- measure ----------------------------------------------------------------------------------------------------------

# Built as what is installed is. The peers are for this alone, and live in a virtual environment of their own.
BENCH = Tests/Benchmarks
BENCH_VENV = .build-bench-venv
BENCH_TOOLS = .build/bench-tools

bench: toolchain bench-packages $(BENCH_VENV)/bin/khal
	swift build -c release --product kith-bench --static-swift-stdlib
	mkdir -p $(BENCH_TOOLS)
	cc -O2 -Wall -o $(BENCH_TOOLS)/newlines $(BENCH)/peers/newlines.c
	cc -O2 -Wall -o $(BENCH_TOOLS)/libical $(BENCH)/peers/libical.c -lical
	$(PYTHON) -B $(BENCH)/bench.py --program .build/release/kith-bench --data .build/bench-data \
	  --tools $(BENCH_TOOLS) --venv $(BENCH_VENV) --results $(BENCH)/RESULTS.md

$(BENCH_VENV)/bin/khal: $(BENCH)/requirements.txt
	$(PYTHON) -m venv --clear $(BENCH_VENV)
	$(BENCH_VENV)/bin/pip install --quiet --disable-pip-version-check -r $<
	touch $@

# --- fuzz ---------------------------------------------------------------------------------------------------------------

# Inputs made up by libFuzzer, for every target or the one that is named, each for so many seconds.
TARGET =
SECONDS = 60
FUZZ = .build-fuzz
FUZZ_SWIFT = swiftc -O -wmo -parse-as-library -swift-version 6 -strict-memory-safety -package-name kith -I $(FUZZ) \
	-sanitize=fuzzer,address \
	$(addprefix -enable-upcoming-feature ,ExistentialAny InternalImportsByDefault MemberImportVisibility)
# $(call fuzz_module,NAME,SOURCES): an object, and what its importers read of it. It is touched, since swiftc leaves one that
# would be the same as it is.
fuzz_module = $(FUZZ_SWIFT) -module-name $(1) -emit-module -emit-module-path $(FUZZ)/$(1).swiftmodule -c -o $@ $(2)

$(FUZZ)/CivilTime.o: $(wildcard Sources/CivilTime/*.swift)
	@mkdir -p $(FUZZ)
	$(call fuzz_module,CivilTime,$^)
	@touch $@

$(FUZZ)/VObject.o: $(FUZZ)/CivilTime.o $(wildcard Sources/VObject/*/*.swift)
	$(call fuzz_module,VObject,$(filter %.swift,$^))
	@touch $@

$(FUZZ)/fuzz: $(FUZZ)/CivilTime.o $(FUZZ)/VObject.o $(wildcard Tests/Fuzz/Targets/*.swift) Tests/Fuzz/Entry.swift
	$(FUZZ_SWIFT) -module-name Fuzz -use-ld=lld -o $@ $^

fuzz: toolchain $(FUZZ)/fuzz
	@Tests/Fuzz/run.sh $(SECONDS) $(TARGET)

# Takes what fuzzing found worth keeping into the project.
fuzz-keep: toolchain $(FUZZ)/fuzz
	@Tests/Fuzz/keep.sh $(TARGET)

# --- install ----------------------------------------------------------------------------------------------------------

ifeq ($(origin PROGRAM),file)
install: release
endif
install:
	@install -D -m 755 $(PROGRAM) $(PREFIX)/bin/kith.new
	@mv -f $(PREFIX)/bin/kith.new $(PREFIX)/bin/kith
	@mkdir -p $(dir $(COMPLETIONS) $(UNIT))
	@$(PREFIX)/bin/kith --generate-completion-script bash >$(word 1,$(COMPLETIONS))
	@$(PREFIX)/bin/kith --generate-completion-script zsh >$(word 2,$(COMPLETIONS))
	@$(PREFIX)/bin/kith --generate-completion-script fish >$(word 3,$(COMPLETIONS))
	@install -d -m 700 $(DATA_HOME)/kith $(STATE_HOME)/kith
	@sed -e 's|@PROGRAM@|$(PREFIX)/bin/kith|' -e 's|@DATA@|$(DATA_HOME)/kith|' -e 's|@STATE@|$(STATE_HOME)/kith|' \
	  systemd/kith.service >$(UNIT)
	@if $(USER_MANAGER); then \
	  systemctl --user daemon-reload; \
	  systemctl --user enable --quiet kith.service; \
	  systemctl --user restart kith.service; \
	  echo 'installed; the service is enabled'; \
	else \
	  echo 'installed; no systemd user manager answers here, so start it where you like: $(PREFIX)/bin/kith daemon'; \
	fi
	@case ":$$PATH:" in *":$(PREFIX)/bin:"*) ;; *) echo 'add $(PREFIX)/bin to your PATH';; esac
	@test -e $(CONFIG_HOME)/kith/config.yaml || echo 'next: $(PREFIX)/bin/kith init'

uninstall:
	@if $(USER_MANAGER); then systemctl --user disable --now --quiet kith.service 2>/dev/null || true; fi
	@rm -f $(INSTALLED)
	@if $(USER_MANAGER); then \
	  systemctl --user daemon-reload; systemctl --user reset-failed kith.service 2>/dev/null || true; \
	fi
	@rmdir $(DATA_HOME)/kith $(STATE_HOME)/kith 2>/dev/null || true
	@echo 'removed; your data stays in $(CONFIG_HOME)/kith, $(DATA_HOME)/kith and $(STATE_HOME)/kith'

clean:
	rm -rf .build .build-venv .build-fuzz .build-simulate $(BENCH_VENV)
