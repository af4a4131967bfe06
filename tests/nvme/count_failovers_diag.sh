#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="diag/: failovers of a path, I/O held and I/O failed of a head are counted, and can be set to 0"

diag() { cat "/sys/block/$1/diag/$2"; }
counts() { [ "$(diag "$1" "$2")" -gt 0 ]; }

# The path in use goes under I/O; did one meet the new state before the host knew?
loses_a_command()
{
	nvmet_ana "$A" optimized
	wait_traffic "$A"
	nvmet_ana "$A" inaccessible
	wait_ana "$A" inaccessible
	counts "${P[A]}" multipath_failover_count
}

run()
{
	local file
	unit_up
	need_attribute "/sys/block/$HEAD/diag/io_requeue_no_usable_path_count"
	io_start "$HEAD" --iodepth=16
	find_user
	expect_eq "$(diag "${P[A]}" multipath_failover_count)" 0 "failovers at first"
	expect_eq "$(diag "$HEAD" io_requeue_no_usable_path_count)" 0 "held at first"
	# Whether a command is on its way at that moment is chance.
	wait_until 60 loses_a_command
	wait_traffic "$B"
	expect_eq "$(diag "${P[B]}" multipath_failover_count)" 0 "failovers of the other path"
	nvmet_ana "$B" inaccessible
	wait_until 10 counts "$HEAD" io_requeue_no_usable_path_count
	expect_eq "$(diag "$HEAD" io_fail_no_available_path_count)" 0 "failed"
	nvmet_ana_all optimized
	wait_ios "$HEAD" 50
	io_finish
	for file in "$HEAD/diag/io_requeue_no_usable_path_count" "${P[A]}/diag/multipath_failover_count"; do
		put 0 "/sys/block/$file"
		expect_eq "$(cat "/sys/block/$file")" 0 "$file after 0 was written"
	done
}
