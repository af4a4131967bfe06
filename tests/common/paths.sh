# shellcheck shell=bash
# shellcheck disable=SC2034 # A and B are for the tests
# SPDX-License-Identifier: GPL-2.0
#
# Several ways to one unit, whatever the transport: P[N] is the path's disk
# through portal N, and which of them carries the I/O of HEAD.

portal_ip() { echo "127.0.$1.1"; }

# put VALUE FILE: a refused write ends the test and says which one it was.
put()
{
	echo "$1" 2>/dev/null >"$2" || fail "cannot write '$1' to $2"
}

# count_paths: into D, what each path has carried until now
count_paths()
{
	local n stat
	D=()
	for n in "${!P[@]}"; do
		# A path may leave while we look.
		read -ra stat 2>/dev/null <"/sys/block/${P[n]}/stat" || stat=(0 0 0 0 0)
		D[n]=$((stat[0] + stat[4]))
	done
}

# expect_thirds: after traffic, paths 1 to 3 have carried about as much each
expect_thirds()
{
	local n sum=$((D[1] + D[2] + D[3]))
	for n in 1 2 3; do
		note "path $n: ${D[n]} of $sum"
		[ $((D[n] * 100)) -ge $((sum * 29)) ] || fail "path $n: ${D[n]} of $sum"
		expect_le $((D[n] * 100)) $((sum * 38)) "100 times ${D[n]} of $sum"
	done
}

# expect_slow_path_spared: after traffic, path 1, which is slow, has carried some
# of it, but less than the half it would get by turns
expect_slow_path_spared()
{
	note "slow path ${D[1]}, fast path ${D[2]}"
	[ "${D[1]}" -gt 0 ] || fail "the slow path was left out"
	expect_le $((D[1] * 3)) "${D[2]}" "three times what the slow path did"
}

# busiest: the number of the path that carries most of the I/O now
busiest()
{
	local n best=1
	traffic 30
	for n in "${!P[@]}"; do
		[ "${D[n]}" -le "${D[best]}" ] || best=$n
	done
	echo "$best"
}

# find_user: of two paths as good as each other, A is the one in use and B the
# other. Which it is depends on who was adopted first.
find_user()
{
	A=$(busiest) || exit
	B=$((3 - A))
}

# only_through N...: does all I/O go through these paths, through each of them?
only_through()
{
	local n
	traffic 60
	for n in "${!P[@]}"; do
		case " $* " in
		*" $n "*) [ "${D[n]}" -gt 0 ] || return 1 ;;
		*) [ "${D[n]}" -eq 0 ] || return 1 ;;
		esac
	done
}

# wait_traffic N... : until only_through
wait_traffic()
{
	poll 15 only_through "$@" ||
		fail "I/O does not go through path $* alone: $(declare -p D)"
}
