#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
. "$TESTS/common/udev.sh"
DESC="settings that persist are those of the unit that comes back, its own before those of its model"
TIMEOUT=180

run()
{
	udev_start
	defer rm -f /etc/udev/rules.d/59-mpath-settings.rules
	unit_up portals=2
	# By vendor and model as udev knows them.
	udev_settle
	expect_ok "$MPATHCTL" set --persist=model "$HEAD" policy=round-robin failback=7
	expect_ok "$MPATHCTL" set --persist "$HEAD" policy=numa
	expect_eq "$(settings)" "numa 7" "settings"
	expect_ok "$MPATHCTL" set "$HEAD" policy=queue-depth failback=immediate
	# Not when something happens to the unit: what an admin sets lasts.
	udevadm trigger --settle --action=change "/sys/block/$HEAD"
	expect_eq "$(settings)" "queue-depth immediate" "settings after an event"
	come_back
	expect_eq "$(settings)" "numa 7" "settings of the unit that came back"
	expect_ok "$MPATHCTL" set --persist "$HEAD" policy=
	come_back
	expect_eq "$(settings)" "round-robin 7" "settings of its model"
	expect_ok "$MPATHCTL" set --persist=model "$HEAD" policy= failback=
	come_back
	expect_eq "$(settings)" "queue-depth 30" "settings that nothing is kept for"
}

settings() { echo "$(head_get iopolicy) $(unit_get failback)"; }

come_back()
{
	udevadm control --reload
	unit_back
}
