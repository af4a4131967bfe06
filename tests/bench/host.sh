# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# The host's side of the benches: what they need, guests whose clock counts
# instructions, the rows that these print. To be sourced after lib.sh. The bench has
# ROWS, a file, show(), which prints a row for whoever waits, and to_json().

K=${K:-6.12}
QUICK=${QUICK:-}
OUT=$TOP/build/bench${QUICK:+/quick}

# bench_prepare [nvme]: the lab and the modules, nvme-core as well; and no rows
bench_prepare()
{
	kernel_known "$K" || die "no kernel '$K' in tests/vm/kernels"
	"$TOP/scripts/setup.sh" && "$VM/rootfs.sh" "$K" || exit 1
	echo "building the modules for $K"
	"$VM/build" "$K" || exit 1
	[ "${1:-}" != nvme ] || "$VM/nvme" "$K" || exit 1
	mkdir -p "$OUT"
	: >"$ROWS"
}

# bench_plugin NAME: a plugin of QEMU's, as OUT/NAME.so
bench_plugin()
{
	local so=$OUT/$1.so
	in_tree "$TOP" gcc -std=gnu11 -O2 -Wall -Wextra -Werror -shared -fPIC \
		-Itests/common/include -o "${so#"$TOP"/}" \
		"tests/bench/plugin/$1.c" tests/bench/plugin/snapshot.c || exit 1
}

# plugin_guest PLUGIN OPTION... --exec CMD...: one guest, at which the plugin looks; what
# both leave is in DIR.
plugin_guest()
{
	rm -rf "$DIR"
	mkdir -p "$DIR"
	"$VM/run" -n -c -k "$K" -o "$DIR" -x -plugin -x "$OUT/$1.so,dir=$DIR" "${@:2}" >"$DIR/log"
	grep -qx end "$DIR/log" || die "the guest did not come to its end: $(tail -n 3 "$DIR/log")"
}

# counted NAME: "FUNCTION NUMBER", what the plugin counted between the guest's snapshots
# NAME-before and NAME-after
counted()
{
	awk 'FILENAME ~ /-before/ { $2 = -$2 } { print $1, $2 }' "$DIR/$1-before.counts" "$DIR/$1-after.counts" |
		by_function "$DIR/$1.symbols"
}

# by_function SYMBOLS: lines "ADDRESS NUMBER" of stdin, summed up by the
# function that the address is in: that of the last symbol at or before it. Addresses
# of user space have none. Functions of one name count as one.
by_function()
{
	LC_ALL=C sort <(awk '$2 ~ /[tTwW]/ { print $1, 0, $3 $4 }' "$1") <(awk '{ print $1, 1, $2 }') |
		awk 'substr($1, 1, 4) != "ffff" { name = "(user space)" }
			$2 == 0 { name = $3; next }
			{ sum[name] += $3 }
			END { for (name in sum) print name, sum[name] }' | LC_ALL=C sort -k 1,1
}

# bench_guest NAME CMD ARG...: one guest, whose rows go to ROWS as they come. What else
# it says is in its log.
bench_guest()
{
	local log=$OUT/$1.log word row end=
	shift
	: >"$log"
	while IFS=$'\t' read -r word row; do
		case $word in
		row)
			echo "$row" >>"$ROWS"
			show "$row"
			;;
		end) end=1 ;;
		*) echo "$word" >>"$log" ;;
		esac
	done < <(exec setpriv --pdeathsig TERM "$VM/run" -n -c -k "$K" -o "$OUT" --exec "$@")
	[ -n "$end" ] && return
	echo "bench: the guest did not come to its end: ${log#"$TOP"/}" >&2
	tail -n 5 "$log" >&2
	return 1
}

# keep_json NAME: whatever ends the bench, no guest is left, and what was counted until
# then is in OUT/NAME.json
keep_json()
{
	# shellcheck disable=SC2064 # the name is that of now
	trap "kill \$(jobs -p) 2>/dev/null; bench_json $1" EXIT
	trap 'exit 130' INT TERM
}

# bench_json NAME: the rows as OUT/NAME.json
bench_json()
{
	to_json >"$OUT/$1.json" || exit 1
	echo "written: ${OUT#"$TOP"/}/$1.json, $(jq '.rows | length' "$OUT/$1.json") rows"
}
