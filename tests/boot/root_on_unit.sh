#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/machine.sh"

DESC="a root file system on a unit: boots with a portal dead, outlives the other one, and 20 s without any"
HOST=1
TIMEOUT=2700
# dracut takes minutes on an emulated CPU.
BOOT_SECS=1500

# Two sessions in the initramfs, one through each network. One gives up soon, for
# its portal is dead.
words()
{
	local n
	echo rd.neednet=1 rd.iscsi.initiator=iqn.2024-01.org.example:machine
	for n in 1 2; do
		echo "ip=192.168.$n.1:::255.255.255.0:machine:eth$((n - 1)):none"
	done
	for n in 1 3; do
		echo "netroot=iscsi:$(portal_ip $n)::::$SAN_IQN"
	done
}

expect_root()
{
	cat <<-'JOB'
		mpathctl
		root_is_unit
		none_failed
	JOB
}

# The portal that the machine has booted from falls silent under writes.
lose_portal()
{
	cat <<-'JOB'
		on_target portals_up
	JOB
	machine_login
	cat <<-'JOB'
		until_true 30 paths 4
		on_target portals_down 1 2
		write_root 20
		mpathctl
		until_true 30 state degraded
		touch /root/written
		# The next boot's is what the admin makes, as the guide says
		dracut -f
	JOB
}

# Longer than NOP takes to find it out. Meanwhile this script starts nothing that is
# not in memory.
lose_all()
{
	cat <<-'JOB'
		[ -e /root/written ]
		[ /boot/initrd.img-$(uname -r) -nt /root/written ]
		write_root 20 &
		on_target portals_away 20 1 2 3 4
		wait $!
		until_true 60 state online
		journalctl -b -k | grep 'mpatha: no-usable-path'
		never_said 'EXT4-fs (error|warning)|I/O error.*mpatha'
		none_failed
	JOB
}

run()
{
	machine_create dracut
	target_start "$TMP/disk"
	on_target portals_down 3 4
	# shellcheck disable=SC2046
	machine_boot san $(words) < <(expect_root; lose_portal)
	on_target portals_up
	# shellcheck disable=SC2046
	machine_boot san $(words) < <(expect_root; lose_all)
}
