#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/ctl.sh"
DESC="mpathctl --json: version 1, each unit with its paths, each key there, of its type, null where there is nothing"
HOST=1

run()
{
	local verb
	MAN=$TOP/tools/mpathctl/mpathctl.8
	tree_use iscsi nvme fc-sas
	for verb in list show; do
		expect_status 0 "$verb" --json
		expect_eq "$(jq .version <<<"$OUTPUT")" 1 version
		expect_eq "$(jq -r '[.units[].name] | join(" ")' <<<"$OUTPUT")" "mpatha mpathb nvme0n1" units
		expect_eq "$(jq -c '[.units[].paths | length]' <<<"$OUTPUT")" "[4,2,2]" "number of paths"
		expect_eq "$(jq -c '[.units[] | ., .paths[] | del(.paths) | keys_unsorted] | unique | length' <<<"$OUTPUT")" \
			1 "different sets of keys"
		expect_eq "$(keys)" "$(documented)" "keys, and what the manual page says of them"
	done
	expect_eq "$(ctl --help | sed -n 's/^  \([A-Z_]*\) *top: .*/\L\1/p' | sort)" \
		"$(sed -n 's/^\.BR \([a-z_]*\) " (number, of top)"$/\1/p' "$MAN" | sort)" "keys of top, and the manual page"
	at mpatha .size 67108864
	at mpatha .policy '"numa"'
	at mpatha .health null
	at mpathb .no_path_timeout -1
	at mpathb .failback '"30"'
	at mpathb '.paths[1].errors' 12
	at mpathb '.paths[1].reason' '"sense data 0b/47/03"'
	at nvme0n1 '.paths[0].errors' null
	expect_status 0 list --json -o name,size mpathb
	expect_eq "$(jq -c .units <<<"$OUTPUT")" \
		'[{"name":"mpathb","size":1073741824,"paths":[{"name":"sdq","size":1073741824},{"name":"sdr","size":1073741824}]}]'
	tree_put block/sdq/mpath/errors many
	tree_put block/sdr/mpath/errors 99999999999999999999
	expect_status 0 list --json
	at mpathb '[.paths[].errors]' '[null,null]'
}

at() { expect_eq "$(jq -c ".units[] | select(.name == \"$1\") | $2" <<<"$OUTPUT")" "$3" "$1 $2"; }

# Name and type; a key that is a number in one place is one everywhere.
keys()
{
	jq -r '[.units[] | ., .paths[] | to_entries[] | select(.value != null)
		| select(.key != "paths") | "\(.key) \(.value | type)"] | unique[]' <<<"$OUTPUT"
}

# Each key in a line of the manual page: .BR key " (type)"
documented()
{
	sed -n 's/^\.BR \([a-z_]*\) " (\(string\|number\))"$/\1 \2/p' "$MAN" | sort
}
