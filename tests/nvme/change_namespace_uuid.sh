#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/nvme.sh"
DESC="a namespace gets another UUID while its I/O is held: that fails, and not a byte of it reaches the new data"
NEW=aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee

uuid_of() { cat "/sys/block/$1/uuid" 2>/dev/null; }
both_are_new()
{
	local n path
	for n in 1 2; do
		path=$(path_of "$n") && [ "$(uuid_of "$path")" = $NEW ] && continue
		# A host that has seen the first change in the middle of the
		# second looks again only when it is told to.
		ctrl_do "$n" rescan_controller
		return 1
	done
}

run()
{
	unit_up
	[ -n "$(uuid_of "$HEAD")" ] || fail "no UUID"
	exec 8<"/dev/$HEAD"
	io_start "$HEAD"
	# Else what was sent before the host knows would be written, and rightly.
	nvmet_ana_all inaccessible
	wait_ana 1 inaccessible
	wait_ana 2 inaccessible
	wait_until 10 io_stands
	yes 'other data' | head -c 64M >"$TMP/other"
	cp "$TMP/other" "$TMP/want"
	nvmet_del_ns 1
	nvmet_add_ns 1 "$TMP/other" device_uuid=$NEW
	wait_until 30 both_are_new
	nvmet_ana_all optimized
	wait_until 15 io_ended
	io_stop
	[ "$IO_ERRORS" -gt 0 ] || fail "fio saw no error"
	expect_ok reads_nothing 8
	exec 8<&-
	unit_find
	cmp "$TMP/other" "$TMP/want" || fail "the new data has been written to"
	expect_eq "$(uuid_of "$HEAD")" $NEW "UUID of the head"
	expect_eq "$(dd if="/dev/$HEAD" bs=4k count=1 iflag=direct status=none | head -n 1)" "other data" "data"
	io_start "$HEAD"
	io_finish
}
