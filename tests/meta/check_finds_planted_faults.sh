#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"

DESC="each step of make check finds the fault that was planted for it"
HOST=1
TIMEOUT=240

# A small repository of its own, on the lab of this one. What a build installs
# must not reach the real guests, so the kernel there is an empty one.
make_scratch()
{
	local top=$TESTS/.. lab part
	lab=$(realpath "$top/build/vm")
	mkdir -p "$TMP/tests" "$TMP/lib" "$TMP/include/linux" "$TMP/build/vm/kernel-6.12/lib/modules"
	cp -a "$top/scripts" "$top/tools" "$top/Makefile" "$top/.checkpatch.conf" "$TMP/"
	cp -a "$TESTS/vm" "$TMP/tests/"
	for part in "$lab"/*; do
		case ${part##*/} in
		source-7.3 | *.stamp) cp -a "$part" "$TMP/build/vm/" ;;
		tree | root.erofs | kernel-7.*) ln -s "$part" "$TMP/build/vm/" ;;
		kernel-6.12) cp -a "$part/release" "$TMP/build/vm/kernel-6.12/" ;;
		esac
	done
	mkdir -p "$TMP/build/vm/kernel-6.12/lib/modules/$(cat "$lab/kernel-6.12/release")"
}

# The words are put together here, so that this file is not at fault itself.
plant()
{
	echo "obj-m := lib/planted.o" >"$TMP/Kbuild"
	printf '%s\n' '// SPDX-License-Identifier: GPL-2.0' '#include <linux/module.h>' \
		'static __le32 planted = 5;' 'module_param(planted, uint, 0444);' \
		'int planted_export(void);' 'int planted_export(void) { return 0; }' \
		'EXPORT_SYMBOL_GPL(planted_export);' \
		'MODULE_DESCRIPTION("planted");' 'MODULE_LICENSE("GPL");' >"$TMP/lib/planted.c"
	mkdir "$TMP/Documentation" "$TMP/lib/multipath"
	printf '%s\n' '// SPDX-License-Identifier: GPL-2.0' 'pr_warn("%s: is plan''ted in %d rows\n", a, b);' >"$TMP/lib/multipath/words.c"
	echo "nothing" >"$TMP/Documentation/guide.md"
	echo "nothing" >"$TMP/Documentation/upstream.md"
	printf '%s\n' '/* SPDX-License-Identifier: GPL-2.0 */' '/**' ' * f() - undescribed' ' */' \
		'int f(int a) ;' "#ifdef HAVE""_PLANTED" '#endif' \
		"#if LINUX_VERSION""_CODE" '#endif' '/* recei''eve, rec''ieve */' >"$TMP/include/linux/planted.h"
	# shellcheck disable=SC2016
	printf '%s\n' '#!/bin/sh' 'rm $1' >"$TMP/planted.sh"
}

check()
{
	"$TMP/scripts/check.sh" "$@" >"$TMP/out" 2>&1
}

found()
{
	grep -A 20 "^FAIL *check/$1 " "$TMP/out" | grep -q -- "$2" ||
		fail "step $1 does not report '$2'"
}

run()
{
	make_scratch
	plant
	defer cat "$TMP/out"
	expect_fail check no_version_tests features_in_compat_only codespell shellcheck \
		checkpatch kernel_doc exports docs_name_messages build_6.12 sparse
	found no_version_tests planted.h
	found features_in_compat_only planted.h
	found codespell planted.h
	found shellcheck SC2086
	found checkpatch planted.h
	found kernel_doc "'a' not described"
	found exports "planted_export: no kernel-doc"
	found exports "planted_export: no row"
	found docs_name_messages "not in the guide: is planted in … rows"
	found sparse "different base types"
	expect_ok grep -q "^ok *check/build_6.12" "$TMP/out"

	sed -i 's/^static.*/&\nstatic int unused;/' "$TMP/lib/planted.c"
	expect_fail check build_6.12
	found build_6.12 "defined but not used"
}
