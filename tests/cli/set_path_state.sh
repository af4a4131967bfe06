#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/ctl.sh"
DESC="mpathctl path: takes paths into service and out of it; none of them if one is unknown"
HOST=1

run()
{
	tree_use iscsi nvme
	expect_status 0 path out-of-service sda 1:0:0:0
	expect_eq "$(states)" "out-of-service out-of-service in-service in-service"
	expect_status 0 path in-service sda /dev/sdb
	expect_eq "$(states)" "in-service in-service in-service in-service"
	refused 1 "sdz: no path" path standby sda sdz
	refused 1 "mpatha: this is a multipathed disk" path standby sda mpatha
	refused 1 "nvme0c0n1: its driver has no mpath/admin_state" path standby nvme0c0n1
	refused 2 "in-service, standby or out-of-service" path sideways sda
	refused 2 "in-service, standby or out-of-service" path standby
	expect_status 0 reset sda sdb
	expect_eq "$(cat "$SYSROOT"/sys/block/sd[ab]/mpath/reset | xargs)" "1 1" "what was written to reset"
	expect_refused 1 "sdz: no path" reset sdz
	expect_refused 2 "which paths" reset
}

states() { cat "$SYSROOT"/sys/block/sd[a-d]/mpath/admin_state | xargs; }

refused()
{
	expect_refused "$@"
	expect_eq "$(states)" "in-service in-service in-service in-service" "states after: ${*:3}"
}
