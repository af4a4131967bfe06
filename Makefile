# SPDX-License-Identifier: GPL-2.0
# `make help` says what there is.

KDIR ?= /lib/modules/$(shell uname -r)/build
K ?= 6.12
T ?=

.PHONY: modules setup test kunit demo check clean help

modules: kdir
	@scripts/kcompat/probe.sh $(KDIR) include/generated/mpath-config.h
	$(MAKE) -C $(KDIR) M=$(CURDIR) modules

.PHONY: kdir
kdir:
	@test -e $(KDIR)/Makefile || { \
		echo "no kernel headers in $(KDIR); apt install linux-headers-$(notdir $(KDIR:%/build=%))" >&2; \
		exit 1; }

setup:
	@scripts/setup.sh

test: setup
	@tests/all -k '$(K)' $(if $(T),'$(T)')

kunit: setup
	@tests/kunit/run -m
	@tests/kunit/run $(if $(T),'$(T)')

demo: setup
	@tests/demo/run

check: setup
	@scripts/check.sh

clean:
	@test ! -e $(KDIR)/Makefile || $(MAKE) -C $(KDIR) M=$(CURDIR) clean
	rm -rf build include/generated

help:
	@echo "make              build the modules against KDIR (the running kernel)"
	@echo "make test         run every test in virtual machines: T=pattern, K=6.12|backports|debug"
	@echo "make kunit        run the suites of pure logic, without a guest: T=pattern of suites"
	@echo "make demo         show failover, with an admin's own commands"
	@echo "make check        checkpatch, sparse, kernel-doc, shellcheck, ..."
	@echo "make clean        remove what was built, the lab included"
