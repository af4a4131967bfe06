#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Module of dracut: what a root file system on a unit needs, and what keeps
# everybody in the initramfs away from its paths.

check()
{
	require_binaries mpathctl
}

installkernel()
{
	instmods scsi_mpath
}

install()
{
	inst_multiple mpathctl
	inst_rules 58-mpath.rules
	inst_simple /usr/lib/modprobe.d/native-multipath.conf
	[ ! -e /etc/modprobe.d/scsi_mpath.conf ] || inst_simple /etc/modprobe.d/scsi_mpath.conf
	[ ! -e /etc/udev/rules.d/59-mpath-settings.rules ] || inst_rules 59-mpath-settings.rules
}
