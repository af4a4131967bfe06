#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"

DESC="graft.sh lays the code once, and nothing where a kernel source is not as expected"
HOST=1
QUICK=1

graft()
{
	"$TESTS/../scripts/graft.sh" "$TMP/linux" >"$TMP/out" 2>&1
}

# No more of a kernel than what the code is tied to
make_source()
{
	rm -rf "$TMP/linux"
	mkdir -p "$TMP/linux/lib" "$TMP/linux/drivers/scsi"
	printf '%s\n' 'menu "Library routines"' 'source "lib/math/Kconfig"' endmenu \
		>"$TMP/linux/lib/Kconfig"
	# shellcheck disable=SC2016
	echo 'obj-$(CONFIG_LRU_CACHE) += lru_cache.o' >"$TMP/linux/lib/Makefile"
	printf '%s\n' menu 'source "drivers/scsi/device_handler/Kconfig"' endmenu \
		>"$TMP/linux/drivers/scsi/Kconfig"
	# shellcheck disable=SC2016
	printf 'obj-$(CONFIG_SCSI_DH)\t\t+= device_handler/\n' >"$TMP/linux/drivers/scsi/Makefile"
}

# What is there, and when it was written
state()
{
	(cd "$TMP/linux" && find . -printf '%p %T@\n' | sort | sha256sum)
}

expect_untouched()
{
	local before
	before=$(state)
	expect_fail graft
	expect_ok grep -q "$1" "$TMP/out"
	expect_eq "$(state)" "$before" "the source after: $1"
}

lay_once()
{
	local before
	make_source
	expect_ok graft
	expect_ok cmp "$TESTS/../lib/multipath/head.c" "$TMP/linux/lib/multipath/head.c"
	expect_ok test -e "$TMP/linux/lib/multipath/tests/mpath_select_kunit.c"
	expect_ok grep -q "^#define HAVE_" "$TMP/linux/include/compat/generated/mpath-config.h"
	expect_fail grep -q META "$TMP/linux/include/compat/generated/mpath-config.h"
	expect_eq "$(sed -n 3p "$TMP/linux/lib/Kconfig")" 'source "lib/multipath/Kconfig"' Kconfig
	before=$(state)
	expect_ok graft
	expect_eq "$(cat "$TMP/out")" "" "said by the second run"
	expect_eq "$(state)" "$before" "the source after the second run"
}

# An old file of ours goes, a changed one is laid anew, the lines stay as they are.
follow_changes()
{
	echo "/* old */" >"$TMP/linux/lib/multipath/head.c"
	: >"$TMP/linux/lib/multipath/gone.c"
	expect_ok graft
	expect_ok cmp "$TESTS/../lib/multipath/head.c" "$TMP/linux/lib/multipath/head.c"
	expect_fail test -e "$TMP/linux/lib/multipath/gone.c"
	expect_eq "$(grep -c multipath "$TMP/linux/lib/Makefile")" 1 "lines in the makefile"
}

run()
{
	local file
	defer cat "$TMP/out"
	lay_once
	follow_changes
	for file in lib/Kconfig lib/Makefile drivers/scsi/Kconfig drivers/scsi/Makefile; do
		make_source
		echo "# moved" >"$TMP/linux/$file"
		expect_untouched "$file has the line .* 0 times"
	done
	make_source
	echo 'source "lib/math/Kconfig"' >>"$TMP/linux/lib/Kconfig"
	expect_untouched "2 times"
	make_source
	rm "$TMP/linux/lib/Makefile"
	expect_untouched "lib/Makefile"
	make_source
	mkdir "$TMP/linux/lib/multipath"
	expect_untouched "lib/multipath of its own"
	make_source
	mkdir -p "$TMP/linux/include/linux"
	echo "/* another one */" >"$TMP/linux/include/linux/multipath.h"
	expect_untouched "multipath.h of its own"
	rm -r "$TMP/linux/drivers"
	expect_untouched "no kernel source"
}
