#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
#
# plot.sh DIR SVG: draw the logs a demo left in DIR, with gnuplot.

set -eu

DEMO=$(cd "$(dirname "$0")" && pwd)

# All times are plotted in seconds since the first sample.
start_of()
{
	awk 'NR == 1 { print $1; exit }' "$1"
}

# From counters per path to I/Os per second, stacked: each column holds the
# sum of the paths up to it. A counter that is absent or starts anew is a path
# that carried nothing.
rates()
{
	awk -v start="$1" '
		NR > 1 {
			sum = 0
			printf "%.3f", ($1 - start) / 1000
			for (i = 2; i <= NF; i++) {
				if ($i != "-" && last[i] != "-" && $i + 0 > last[i] + 0)
					sum += ($i - last[i]) * 1000 / ($1 - last[1])
				printf " %.1f", sum
			}
			print ""
		}
		{ split($0, last) }'
}

# The longest time between two completed writes, per tenth of a second
gaps()
{
	awk -v start="$1" '
		function flush() {
			if (most)
				print bin / 10, most
			most = 0
		}
		$2 == "late" { next }
		last {
			now = int(($1 - start) / 100)
			if (now != bin)
				flush()
			bin = now
			if ($1 - last > most)
				most = $1 - last
		}
		{ last = $1 }
		END { flush() }'
}

# One shaded rectangle and one name per fault; the quiet step has none.
fault_marks()
{
	awk -v start="$1" '
		$3 == "calm" { next }
		$2 == "begin" { from[$3] = ($1 - start) / 1000 }
		$2 == "end" {
			printf "set object rect from %f, graph 0 to %f, graph 1 fc rgb \"#f2c4c4\" fs solid noborder behind\n",
				from[$3], ($1 - start) / 1000
			printf "set label \"%s\" at %f, graph 1.05 font \",11\"\n", $3, from[$3]
		}'
}

main()
{
	local dir=$1 svg=$2 start end

	[[ -s $dir/samples.log && -s $dir/probe.log ]] || return 1
	start=$(start_of "$dir/samples.log")
	rates "$start" <"$dir/samples.log" >"$dir/rates.dat"
	gaps "$start" <"$dir/probe.log" >"$dir/gaps.dat"
	fault_marks "$start" <"$dir/events.log" >"$dir/faults.gp"
	end=$(awk 'END { print int($1) + 1 }' "$dir/rates.dat")
	gnuplot -e "dir='$dir'; svg='$svg'; end=$end" "$DEMO/plot.gp"
}

main "$@"
