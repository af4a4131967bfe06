#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# Make the packages for Debian 13 in build/deb, in the build tree. What is made
# already from the same sources is left as it is.

set -eu -o pipefail
# shellcheck source=tests/vm/lib.sh
. "$(dirname "$0")/../tests/vm/lib.sh"

DEB=$TOP/build/deb
PARTS=(debian Documentation Makefile Kbuild include lib drivers scripts tools)

# A tree of its own: nothing that was built elsewhere may slip in.
copy_sources()
{
	rm -rf "$DEB"
	mkdir -p "$DEB/source"
	rsync -aR --exclude=/include/generated --exclude='*.o' --exclude='*.ko' --exclude='*.mod' \
		--exclude='*.mod.c' --exclude='.*.cmd' --exclude=Module.symvers \
		--exclude=modules.order --exclude=.probe.log \
		"${PARTS[@]/#/$TOP/./}" "$DEB/source/"
}

fingerprint()
{
	(cd "$TOP" && find "${PARTS[@]}" -type f \( -name '*.o' -o -name '*.ko' -o -name '.*' \
		-o -name '*.mod*' -o -path include/generated/\* \) -prune -o -type f -print0 |
		sort -z | xargs -0 sha256sum) | sha256sum
}

# A package that lintian finds an error in is no package.
main()
{
	local now
	"$VM/rootfs.sh"
	# Two tests may want them at once.
	exec 8>"$DEB.lock"
	flock 8
	now=$(fingerprint)
	if [ "$(cat "$DEB/stamp" 2>/dev/null)" != "$now" ]; then
		copy_sources
		step packages in_tree "$DEB" sh -ec '
			cd source
			dpkg-buildpackage -b -us -uc
			lintian --allow-root --fail-on error ../*.changes'
		echo "$now" >"$DEB/stamp"
	fi
	ls "$DEB"/*.deb
}

need_root "$@"
main "$@"
