#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/machine.sh"

DESC="a machine with dm-multipath, LVM and fstab by UUID moves over and back as the page says, its data intact"
HOST=1
TIMEOUT=1800

PAGE=$TESTS/../Documentation/migration.md

# What the page says in its section $1
commands()
{
	awk -v want="## $1" '/^## / { on = $0 == want } on && sub(/^    /, "")' "$PAGE" |
		grep . || fail "no commands below '$1' in $PAGE"
}

expect_page_read() { [ "$(grep -c '^    ' "$PAGE")" -eq "$(cat "$TMP"/said.* | wc -l)" ]; }

say()
{
	commands "$1" >"$TMP/said.$1"
	cat "$TMP/said.$1"
}

# A machine as it was before anybody thought of moving.
set_up()
{
	machine_network
	machine_login
	cat <<-'JOB'
		cat >/etc/multipath.conf <<-CONF
			defaults {
				user_friendly_names yes
				find_multipaths yes
				no_path_retry 12
			}
			multipaths {
				multipath {
					wwid 360014050000000100000000000000000
					alias store
				}
			}
		CONF
		systemctl restart multipathd
		multipath
		udevadm settle
		multipath -ll
		vgcreate vg /dev/mapper/store
		lvcreate -y -q -n data -l 100%FREE vg
		mkfs.xfs -q /dev/vg/data
		keep_data /dev/vg/data xfs
	JOB
}

# expect_disk DISK: the volume is on DISK, and on that one only.
expect_disk()
{
	cat <<-JOB
		sha256sum -c /root/sum
		[ "\$(pvs --noheadings -o pv_name | xargs)" = /dev/$1 ]
		[ "\$(lsblk -n -s -l -o NAME "\$(findmnt -n -o SOURCE /data)" | grep -c '^${1#mapper/}')" = 1 ]
		none_failed
	JOB
}

expect_alias()
{
	cat <<-'JOB'
		[ "$(readlink -f /dev/mapper/store)" = /dev/mpatha ]
	JOB
}

run()
{
	machine_create initramfs-tools
	target_start
	# Stands for a machine on which our packages are not there yet.
	machine_boot local module_blacklist=scsi_mpath < <(set_up; say Before; say Over)
	machine_boot local < <(
		expect_disk mpatha
		expect_alias
		say "After the boot"
		say Back)
	machine_boot local < <(expect_disk mapper/store)
	expect_page_read
}
