#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/ctl.sh"
DESC="mpathctl list: units of SCSI and NVMe with their paths, each with what matters"
HOST=1

run()
{
	tree_use iscsi nvme fc-sas
	expect_status 0 list
	expect_eq "$(sed 's/ *$//' "$TMP/output")" "$(table)" "the table"
	expect_eq "$COMPLAINT" "" "complaints"
	expect_status 0
	expect_eq "$(sed 's/ *$//' "$TMP/output")" "$(table)" "the table without a verb"
	expect_status 0 list sdq nvme0n1
	expect_eq "$(grep -c . <<<"$OUTPUT")" 7 "lines for two units of two paths"
	expect_eq "$(grep -c mpatha <<<"$OUTPUT")" 0 "units that were not asked for"
}

table()
{
	cat <<-'TABLE'
	NAME        STATE                HEALTH  HCTL    ADDRESS            GROUP INFLIGHT ERRORS SIZE POLICY      VENDOR  MODEL       ID
	mpatha      online                                                               0         64M numa        LIO-ORG RAMDISK-MCP naa.60014050000000100000000000000000
	├─sda       active/non-optimized good    0:0:0:0 127.0.4.1:3260         2        0      0  64M
	├─sdb       active/non-optimized good    1:0:0:0 127.0.3.1:3260         2        0      0  64M
	├─sdc       active/optimized     good    2:0:0:0 127.0.2.1:3260         1        0      0  64M
	└─sdd       active/optimized     good    3:0:0:0 127.0.1.1:3260         1        0      0  64M
	mpathb      degraded                                                             3          1G queue-depth IBM     2145        naa.600507680c80822e0000000000000012
	├─sdq       active/optimized     good    6:0:1:3 0x500507680c110123     0        3      0   1G
	└─sdr       active/non-optimized suspect 7:0:0:3 0x5000c500a1b2c3d5     1        0     12   1G
	nvme0n1     online                                                               0         64M numa                Linux       uuid.c8fb077e-db9c-4f93-bfa7-88a82c7607d4
	├─nvme0c0n1 optimized            live    nvme0   127.0.1.1:4420         1        0         64M
	└─nvme0c1n1 optimized            live    nvme1   127.0.2.1:4420         1        0         64M
	TABLE
}
