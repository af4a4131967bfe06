# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# The networks between a machine and its target: portals 1 and 2 are on the first, 3
# and 4 on the second.

# san_ip PORTAL: its address
san_ip() { echo "192.168.$((($1 + 1) / 2)).1$1"; }
