#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/mpath.sh"
DESC="the group in use goes unavailable: I/O moves, and returns with it"

run() { leave_group unavailable --ioengine=libaio; }
