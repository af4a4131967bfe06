#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# A namespace, and NVMe's native multipath over paths to it: the kernel's own and ours.

# shellcheck source=tests/bench/count.sh
. "$TESTS/bench/count.sh"
# shellcheck source=tests/bench/namespaces.sh
. "$TESTS/bench/namespaces.sh"

main()
{
	local paths module
	stack raw
	for paths in "${PATHS[@]}"; do
		for module in stock ours; do
			stack native "$paths" "$module" "${POLICIES[@]}"
		done
	done
	echo end
}

main
