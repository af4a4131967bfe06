#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/ctl.sh"
DESC="mpathctl events: each change of a word, each path or unit that comes or goes, once, with its time"
HOST=1

run()
{
	tree_use iscsi nvme fc-sas
	follow events
	tree_put block/sda/mpath/reason "no answer in time"
	tree_put block/sda/mpath/health suspect
	wait_line 'mpatha sda health good -> suspect, reason none -> no answer in time'
	tree_put block/mpatha/multipath/state degraded
	wait_line 'mpatha state online -> degraded'
	rm "$SYSROOT/sys/block/mpathb/multipath/sdq"
	wait_line 'mpathb sdq removed'
	ln -s "$(readlink "$SYSROOT/sys/block/mpathb/multipath/sdr" | sed 's,00:06.*,00:05.0/host6/rport-6:0-1/target6:0:1/6:0:1:3/block/sdq,')" \
		"$SYSROOT/sys/block/mpathb/multipath/sdq"
	wait_line 'mpathb sdq added'
	rm "$SYSROOT/sys/block/nvme0n1"
	wait_line 'nvme0n1 removed'
	wait_line 'nvme0n1 nvme0c0n1 removed'
	rm "$SYSROOT/sys/block/sda/mpath/health"
	wait_line 'mpatha sda health suspect -> ?'
	expect_eq "$(grep -cvE '^20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\.[0-9]{3}[+-][0-9]{4} ' "$TMP/events")" 0 "lines without a time"
	expect_eq "$(sort "$TMP/events" | cut -d ' ' -f 2- | uniq -d)" "" "events told twice"

	follow events --json -c 1 mpathb
	tree_put block/sda/mpath/health good
	tree_put block/sdq/mpath/health blocked
	wait "$FOLLOWER" || fail "status $? after one event"
	expect_eq "$(jq -c 'del(.time)' "$TMP/events")" \
		'{"version":1,"unit":"mpathb","path":"sdq","event":"changed","health":{"before":"good","after":"blocked"}}'
	expect_refused 1 "no multipathed disk" events mpathx
}

# follow ARG...: in the background; it has taken its first look when this returns
follow()
{
	ctl_exec "$@" -d 0.1 >"$TMP/events" 2>"$TMP/complaint" &
	FOLLOWER=$!
	defer sh -c "kill $FOLLOWER 2>/dev/null || :"
	wait_until 5 ctl_waits "$FOLLOWER"
}

wait_line() { poll 5 grep -q " $1\$" "$TMP/events" || fail "no event '$1' but: $(cat "$TMP/events" "$TMP/complaint")"; }
