# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# The attributes that the library gives to the disk of a head, whichever driver
# made it. HEAD is the disk.

head_get() { content "/sys/block/$HEAD/multipath/$1"; }
head_set() { echo "$2" 2>/dev/null >"/sys/block/$HEAD/multipath/$1"; }
head_has() { [ "$(head_get "$1" 2>/dev/null)" = "$2" ]; }

# wait_head ATTRIBUTE VALUE [SECONDS]
wait_head()
{
	poll "${3:-10}" head_has "$1" "$2" ||
		fail "$HEAD: $1 is '$(head_get "$1")', not '$2'"
}
