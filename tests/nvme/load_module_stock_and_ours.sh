#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="our nvme-core and the kernel's own load and unload in turn, each with I/O in between"
TIMEOUT=360

ours() { find "/lib/modules/$(uname -r)/updates" -name 'nvme-core.ko*' -print -quit; }

requires()
{
	have_prog fio nvme
	have_module nvme_core nvme_loop nvmet
	[ -n "$(ours)" ] || skip "updates/ of $(uname -r) has no nvme-core"
}

run()
{
	local NVME_STOCK='' is
	for NVME_STOCK in '' 1 ''; do
		unit_up
		is=ours
		[ -d /sys/module/libmultipath ] || is=stock
		expect_eq "$is" "$([ "$NVME_STOCK" ] && echo stock || echo ours)" "the module"
		io_start "$HEAD"
		io_finish
		nvme_disconnect
		nvmet_destroy
		unload_nvme
		expect_fail test -d /sys/module/nvme_core
	done
}
