# SPDX-License-Identifier: GPL-2.0
# `make help` says what there is.

KDIR ?= /lib/modules/$(shell uname -r)/build
K ?= 6.12
T ?=
S ?=
BLKTESTS ?=
QUICK ?=
RUNS ?=
UNITS ?=
CPUS ?=
POLICY ?=
ENGINE ?=
PATTERN ?=

.PHONY: modules setup deb test matrix test-boot unit fuzz kunit demo bench bench-overhead bench-profile bench-failover bench-scale bench-parallel blktests check clean help

modules: kdir
	@scripts/kcompat/probe.sh $(KDIR) include/generated/mpath-config.h
	$(MAKE) -C $(KDIR) M=$(CURDIR) modules

.PHONY: mpathctl
mpathctl:
	@pkg-config --exists smartcols json-c || { \
		echo "mpathctl needs two libraries; apt install gcc pkg-config libsmartcols-dev libjson-c-dev" >&2; \
		exit 1; }
	$(MAKE) -C tools/mpathctl

.PHONY: kdir
kdir:
	@test -e $(KDIR)/Makefile || { \
		echo "no kernel headers in $(KDIR); apt install linux-headers-$(notdir $(KDIR:%/build=%))" >&2; \
		exit 1; }

setup:
	@scripts/setup.sh

# nvme-core of the kernel in KDIR from its own source package, or, with K=, of a
# kernel of the lab.
KERNEL_SERIES = $(shell $(MAKE) -s -C $(KDIR) kernelversion | cut -d . -f 1-2)
NVME_SOURCE ?= $(wildcard /usr/src/linux-source-$(KERNEL_SERIES).tar.xz)

.PHONY: nvme
ifeq ($(origin K),file)
nvme: modules
	@test -n "$(NVME_SOURCE)" || { \
		echo "no source of this kernel; apt install linux-source-$(KERNEL_SERIES), or set NVME_SOURCE" >&2; \
		exit 1; }
	@scripts/nvme.sh $(KDIR) $(NVME_SOURCE) $(CURDIR) build/nvme
else
nvme: setup
	@tests/vm/rootfs.sh '$(K)'
	@tests/vm/build '$(K)'
	@tests/vm/nvme '$(K)'
endif

deb: setup
	@scripts/deb.sh

test: setup
	@tests/all -k '$(K)' $(if $(T),'$(T)','^(cli|lib|meta|nvme|scsi)/')

matrix: setup
	@tests/matrix/run -k '$(K)' $(if $(S),-s '$(S)') $(T)

test-boot: setup
	@tests/all $(if $(T),'$(T)','^boot/')

unit: setup
	@tests/unit/run $(if $(T),'$(T)')

fuzz: setup
	@tests/fuzz/run $(if $(T),'$(T)')

kunit: setup
	@tests/kunit/run -m
	@tests/kunit/run $(if $(T),'$(T)')

demo: setup
	@tests/demo/run

bench: setup
	@K='$(K)' RUNS='$(RUNS)' UNITS='$(UNITS)' tests/bench/all

bench-overhead: setup
	@K='$(K)' QUICK='$(QUICK)' tests/bench/overhead

bench-profile: setup
	@K='$(K)' DEVICE='$(DEVICE)' POLICY='$(POLICY)' ENGINE='$(ENGINE)' PATTERN='$(PATTERN)' PATHS='$(PATHS)' tests/bench/profile

bench-failover: setup
	@K='$(K)' RUNS='$(RUNS)' tests/bench/failover

bench-scale: setup
	@K='$(K)' UNITS='$(UNITS)' tests/bench/scale

bench-parallel: setup
	@K='$(K)' CPUS='$(CPUS)' tests/bench/parallel

# The quotes of T are left out: it is a list of tests here.
blktests: setup
	@test -n '$(BLKTESTS)' || { echo "make blktests BLKTESTS=dir: a checkout of blktests" >&2; exit 2; }
	@tests/blktests/run -k '$(K)' $(if $(S),-s '$(S)') '$(BLKTESTS)' $(T)

check: setup
	@scripts/check.sh

clean:
	@test ! -e $(KDIR)/Makefile || $(MAKE) -C $(KDIR) M=$(CURDIR) clean
	rm -rf build include/generated

help:
	@echo "make              build the modules against KDIR (the running kernel)"
	@echo "make mpathctl     build the command, build/mpathctl-host/mpathctl"
	@echo "make nvme         build nvme-core on libmultipath, from the kernel's own source: K=, NVME_SOURCE="
	@echo "make deb          packages for Debian 13, in build/deb"
	@echo "make test         run the tests, in virtual machines: T=pattern, K=6.12|7.2|7.3|debug"
	@echo "make matrix       every fault x paths x I/O in flight: T=faults, S=1/8 for a slice, K=; build/matrix-K.html"
	@echo "make test-boot    install the packages on a machine with systemd, boot it, also from a unit: T=pattern"
	@echo "make unit         run the decoders' unit tests, outside of the kernel: T=pattern of names"
	@echo "make fuzz         fuzz the decoders: T=pattern of names, FUZZ_SECONDS=60 for each"
	@echo "make kunit        run the suites of pure logic, without a guest: T=pattern of suites"
	@echo "make demo         show failover, with an admin's own commands"
	@echo "make bench        all benches below but the profile, and build/bench/report.html"
	@echo "make bench-overhead  instructions per I/O: the raw disk, scsi_mpath, dm-multipath, NVMe: K=, QUICK=1 for a minute"
	@echo "make bench-profile   what an I/O through our code costs, by function: K=, DEVICE=scsi|nvme, POLICY=, ENGINE=, PATTERN=, PATHS="
	@echo "make bench-failover  how long I/O stalls in each fault, scsi_mpath against dm-multipath: K=, RUNS=5"
	@echo "make bench-scale     many units: time until usable, memory, processes, scsi_mpath against dm-multipath: K=, UNITS='1 64 256 1024'"
	@echo "make bench-parallel  stores of an I/O to cache lines that several CPUs write: K=, CPUS='1 2 4'"
	@echo "make blktests     NVMe's public tests, stock modules against ours: BLKTESTS=checkout, K=, T=tests, S=stock|ours"
	@echo "make check        checkpatch, sparse, kernel-doc, shellcheck, ..."
	@echo "make clean        remove what was built, the lab included"
