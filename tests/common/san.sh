# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# The networks between a machine and its target, in place of one guest's loopback:
# portals 1 and 2 are on the first, 3 and 4 on the second. To be sourced after
# paths.sh.

# portal_ip PORTAL: its address
portal_ip() { echo "192.168.$((($1 + 1) / 2)).1$1"; }
