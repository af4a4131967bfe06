#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="multipath/ of the head: state and counters follow the paths, each path is linked"

path_links() { find "/sys/block/$HEAD/multipath" -type l -printf '%f\n' | sort | xargs; }
held() { [ "$(head_get requeued)" -gt 0 ]; }

run()
{
	unit_up
	need_attribute "/sys/block/$HEAD/multipath/state"
	expect_eq "$(path_links)" "$(printf '%s\n' "${P[@]}" | sort | xargs)" "links"
	wait_head state online
	expect_eq "$(head_get requeued) $(head_get failed)" "0 0" "held and failed at first"
	io_start "$HEAD"
	nvmet_ana 1 inaccessible
	wait_head state degraded
	nvmet_ana 2 inaccessible
	wait_head state no-usable-path
	wait_until 10 held
	nvmet_ana_all optimized
	wait_head state online
	wait_ios "$HEAD" 50
	nvme_disconnect 1
	# All that are left can be used.
	wait_head state online
	expect_eq "$(path_links)" "${P[2]}" "links after one path has gone"
	nvme_connect 1
	unit_find
	wait_head state online
	expect_eq "$(path_links)" "$(printf '%s\n' "${P[@]}" | sort | xargs)" "links after it has come back"
	io_finish
	expect_eq "$(head_get failed)" 0 "failed I/O"
	expect_le "$(head_get requeued)" 100 "bios held, of four at a time"
}
