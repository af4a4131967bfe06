# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# What the kernel says of the disk and its paths. Functions that answer by
# REPLY fork nothing: a fork takes milliseconds on an emulated CPU, and the
# sampler calls them five times a second.

# disk_of PORTAL: REPLY is the sd disk of the session with that portal; fails while there is none
disk_of()
{
	local connection address disk

	for connection in /sys/class/iscsi_connection/*; do
		read -r address 2>/dev/null <"$connection/persistent_address" || continue
		[[ $address == "$1" ]] || continue
		for disk in "$connection"/device/../target*/*/block/*; do
			[[ -e $disk ]] || continue
			REPLY=${disk##*/}
			return 0
		done
	done
	return 1
}

# disks_of PORTAL...: their disks, those that exist, sorted
disks_of()
{
	local portal

	for portal; do
		! disk_of "$portal" || echo "$REPLY"
	done | sort | paste -sd' '
}

first_disk()
{
	disk_of "${PORTALS[0]}"
	echo "$REPLY"
}

# ios_of DISK: REPLY is the number of reads and writes it has completed; fails when the disk is gone
ios_of()
{
	local stat

	read -r -a stat 2>/dev/null <"/sys/block/$1/stat" || return 1
	REPLY=$((stat[0] + stat[4]))
}

# path_attr PORTAL FILE: REPLY is the value of a file in mpath/ of the portal's disk
path_attr()
{
	disk_of "$1" || return 1
	read -r REPLY 2>/dev/null <"/sys/block/$REPLY/mpath/$2"
}

path_is()
{
	path_attr "$1" "$2" && [[ $REPLY == "$3" ]]
}

# paths_are FILE VALUE PORTAL...: true when every portal's path reads that value
paths_are()
{
	local file=$1 value=$2 portal

	shift 2
	for portal; do
		path_is "$portal" "$file" "$value" || return 1
	done
}

# path_lost PORTAL: the path is gone or takes no I/O
path_lost()
{
	! path_is "$1" health good
}

head_attr()
{
	local value

	read -r value <"/sys/block/$HEAD/multipath/$1"
	echo "$value"
}

head_is()
{
	[[ $(head_attr state) == "$1" ]]
}

head_has_paths()
{
	local links=(/sys/block/"$HEAD"/multipath/sd*)

	[[ -e ${links[0]} ]] && ((${#links[@]} == $1))
}

all_paths_back()
{
	paths_are health good "${PORTALS[@]}" &&
		paths_are access_state active/optimized "${OPTIMIZED[@]}" &&
		paths_are access_state active/non-optimized "${FALLBACK[@]}"
}

failovers()
{
	local file value sum=0

	for file in /sys/block/sd*/mpath/failovers; do
		! read -r value 2>/dev/null <"$file" || sum=$((sum + value))
	done
	echo "$sum"
}

# One line per path: its disk and that disk's I/O count
count_ios()
{
	local portal disk

	for portal in "${PORTALS[@]}"; do
		disk_of "$portal" || continue
		disk=$REPLY
		! ios_of "$disk" || echo "$disk $REPLY"
	done
}

# moved COUNTS: the disks that completed I/O since count_ios said COUNTS;
# fails until that is 50 in all
moved()
{
	awk 'NR == FNR { before[$1] = $2; next }
		$2 > before[$1] { print $1; sum += $2 - before[$1] }
		END { exit sum < 50 }' <(echo "$1") <(count_ios) | sort
}

# carriers_now: the disks that completed the next I/Os, "none" if there were
# none for 2 s
carriers_now()
{
	local counts deadline disks

	counts=$(count_ios)
	deadline=$(($(now_ms) + 2000))
	until disks=$(moved "$counts") || (($(now_ms) > deadline)); do
		sleep 0.05
	done
	xargs <<<"${disks:-none}"
}

# carriers: the disks that carry the I/O. What a path still had in flight when
# it failed counts as completed, too: so until two answers in a row agree.
carriers()
{
	local disks last tries

	disks=$(carriers_now)
	for ((tries = 0; tries < 5; tries++)); do
		last=$disks
		disks=$(carriers_now)
		[[ $disks != "$last" ]] || break
	done
	echo "$disks"
}

# carried_by PORTAL...: true when exactly the paths to these portals carry I/O
carried_by()
{
	[[ $(carriers_now) == "$(disks_of "$@")" ]]
}

# One line per path, for the reader and for a failure's report
show_paths()
{
	local portal

	for portal in "${PORTALS[@]}"; do
		if disk_of "$portal"; then
			show_path "$portal" "$REPLY"
		else
			printf '  %-10s no disk\n' "$portal"
		fi
	done
}

show_path()
{
	local dir=/sys/block/$2/mpath

	[[ -d $dir ]] || { printf '  %-10s %-5s not adopted\n' "$1" "$2"; return; }
	printf '  %-10s %-5s %-21s %-8s failovers %s\n' "$1" "$2" "$(<"$dir/access_state")" "$(<"$dir/health")" \
		"$(<"$dir/failovers")"
}
