#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="beside scsi_dh_alua, ten seconds of transition are seen, and no I/O fails"
TIMEOUT=180

run()
{
	expect_ok modprobe scsi_dh_alua
	# It would take the devices of every test after this one.
	defer wait_until 10 modprobe -r scsi_dh_alua
	wait_transition 10
}
