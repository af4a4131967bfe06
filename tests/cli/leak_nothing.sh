#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/ctl.sh"
DESC="no verb of mpathctl leaks memory, whether it does what it is asked to or refuses"
HOST=1

run()
{
	tree_use iscsi nvme fc-sas
	printf '%s\n' 'defaults {' 'failback 30' 'nonsense 1' '}' 'blacklist {' 'wwid 36001405abcdef000000000000000001a' \
		'device {' 'vendor IBM' '}' 'device {' 'vendor "(a|b)"' '}' '}' 'multipaths {' 'multipath {' 'wwid x' 'alias y' '}' '}' >"$TMP/conf"
	printf '%s\n' 'defaults {' 'alias "' >"$TMP/broken"
	LEAKS=1
	verb list
	verb show
	verb policy mpatha
	verb set mpatha policy=numa failback=30
	verb set mpatha policy=numa colour=red
	mkdir -p "$SYSROOT/etc/udev/rules.d"
	verb set mpatha policy=numa failback= --persist
	verb set mpatha policy=numa --persist=model
	verb set mpatha
	verb path standby sda sdb
	verb path standby sda sdz
	verb reset sda nvme0c0n1
	verb release mpatha nvme0n1
	verb adopt sda naa.5001
	verb flush
	verb flush mpatha
	verb top -d 0.1 -c 2
	verb doctor
	verb udev mpatha
	verb stats "$TMP/stats"
	verb import "$TMP/conf"
	mkdir -p "$SYSROOT/etc/modprobe.d"
	verb import --write "$TMP/conf"
	verb import "$TMP/broken"
	events
	expect_eq "$(sort -u "$TMP/verbs" | xargs)" \
		"$(ctl --help | sed -n '/^  list/,/^$/s/^  \([a-z]*\) .*/\1/p' | sort | xargs)" "verbs looked at, and those there are"
}

# verb VERB ARG...: in both forms
verb()
{
	local form status
	for form in "" --json; do
		status=0
		# shellcheck disable=SC2086
		ctl "$@" $form >"$TMP/output" 2>"$TMP/complaint" || status=$?
		[ "$status" -le 2 ] || { cat "$TMP/complaint" >&5; fail "status $status of mpathctl $* $form"; }
	done
	echo "$1" >>"$TMP/verbs"
}

events()
{
	ctl_exec events -c 2 -d 0.1 >"$TMP/output" 2>"$TMP/complaint" &
	wait_until 5 ctl_waits $!
	tree_put block/sda/mpath/health suspect
	rm "$SYSROOT/sys/block/nvme0n1"
	wait $! || { cat "$TMP/complaint" >&5; fail "status $? of mpathctl events"; }
	echo events >>"$TMP/verbs"
}
