#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/ctl.sh"
DESC="mpathctl set --persist: rules for a unit and its model, replaced and dropped one by one, or none and nothing set"
HOST=1

run()
{
	tree_use iscsi nvme
	RULES=$SYSROOT/etc/udev/rules.d/59-mpath-settings.rules
	dir=block/mpatha
	refused "etc/udev/rules.d: No such file" set --persist mpatha policy=queue-depth
	mkdir -p "${RULES%/*}"
	expect_status 0 set --persist mpatha policy=queue-depth no_path_timeout=-1
	expect_eq "$(policy)" queue-depth
	expect_eq "$(rules)" "id multipath/iopolicy=queue-depth id multipath/no_path_timeout=-1"

	# An admin's own lines stay, and rules of a unit stay behind those of its model.
	echo '# mine' >>"$RULES"
	expect_status 0 policy --persist=model mpatha round-robin
	expect_eq "$(rules)" "model multipath/iopolicy=round-robin id multipath/iopolicy=queue-depth id multipath/no_path_timeout=-1"
	expect_eq "$(grep -c '^# mine$' "$RULES")" 1 "an admin's lines"
	expect_status 0 set mpatha
	grep -qx 'policy=round-robin  (kept for this unit: queue-depth)  (kept for its model: round-robin)' <<<"$OUTPUT" ||
		fail "what is kept is not told: $OUTPUT"
	grep -qx 'failback=.*[^)]' <<<"$OUTPUT" || fail "what is not kept: $OUTPUT"

	expect_status 0 set --persist mpatha policy= no_path_timeout=20
	expect_eq "$(policy)" round-robin "policy that is not kept any more"
	expect_eq "$(rules)" "model multipath/iopolicy=round-robin id multipath/no_path_timeout=20"
	expect_status 0 set --persist=model mpatha policy=
	expect_status 0 set --persist mpatha no_path_timeout=
	expect_eq "$(rules)" "" "rules at the end"

	before=$(cat "$RULES")
	refused "nvme0n1: " set --persist nvme0n1 policy=numa
	refused "is no value for a file" set --persist mpatha 'policy=x", RUN+="/bin/sh'
	tree_put $dir/vpd_id ""
	refused "no SCSI identifier" set --persist mpatha policy=queue-depth
	# What a target calls itself must not end the pattern, nor match all.
	tree_put $dir/vpd_id 't10.A*[a]|? ", RUN+="x'
	expect_status 0 set --persist mpatha policy=queue-depth
	grep -qF 'ATTR{vpd_id}=="t10.A??a???????RUN+=?x", ATTR{' "$RULES" || fail "rule: $(grep t10 "$RULES")"
	tree_put $dir/vpd_id 't10.B\x'
	expect_status 0 set --persist mpatha policy=queue-depth
	grep -qF 'ATTR{vpd_id}=="t10.B?x", ATTR{' "$RULES" || fail "rule: $(grep t10.B "$RULES")"
	printf 't10.C\001\n' >"$SYSROOT/sys/$dir/vpd_id"
	expect_status 0 set --persist mpatha policy=queue-depth
	grep -qF 'ATTR{vpd_id}=="t10.C?", ATTR{' "$RULES" || fail "rule: $(grep t10.C "$RULES")"
	before=$(cat "$RULES")
	rm "$SYSROOT/sys/block/mpatha/failback"
	refused "failback cannot be set" set --persist mpatha policy=numa failback=30
	expect_refused 2 "for a unit or a model" set --persist=all mpatha policy=numa
	# Where the file cannot be read, or written, what was set is taken back.
	rm "$RULES"
	mkdir "$RULES"
	before=
	refused "cannot be read" set --persist mpatha policy=numa
	rm -r "${RULES%/*}"
	ln -s /proc "${RULES%/*}"
	refused "cannot be written" set --persist mpatha policy=numa
}

policy() { tree_get "$dir/multipath/iopolicy"; }

# What each rule is for, the file and the value
rules() { sed -n 's/^ACTION=="add", SUBSYSTEM=="block", ENV{DEVTYPE}=="disk", \(.*\), ATTR{\(.*\)}="\(.*\)"$/\1 \2=\3/; s/^ATTR{vpd_id}=="[^"]*"/id/p; s/^ENV{ID_VENDOR}=="[^"]*", ENV{ID_MODEL}=="[^"]*"/model/p' "$RULES" | xargs; }

# refused WORDS ARG...: neither the unit nor the file has changed
refused()
{
	local policy
	policy=$(policy)
	expect_refused 1 "$@"
	expect_eq "$(policy)" "$policy" "policy after: ${*:2}"
	expect_eq "$(cat "$RULES" 2>/dev/null)" "${before:-}" "file after: ${*:2}"
}
