# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# NVMe's native multipath, seen from sysfs: the host's side of nvmet.sh. HEAD is
# the disk of namespace 1. C[N] is the controller through portal N, P[N] its
# path to HEAD: the hidden disk.

# They are for the tests.
# shellcheck disable=SC2034
HEAD='' P=() D=() C=() A='' B='' FAULT_PORT=4420

for lib in paths faults io head null_blk nvmet; do
	# shellcheck source=/dev/null
	. "$TESTS/common/$lib.sh"
done

HOSTNQN=nqn.2014-08.org.example:host
HOSTID=11111111-2222-3333-4444-555555555555
# From the users of a module to the module.
NVME_MODULES="nvme_loop nvme_tcp nvmet_tcp nvmet nvme_fabrics nvme_core nvme_auth nvme_keyring libmultipath"

# What most tests here need; one that needs more defines its own.
requires()
{
	have_prog fio nvme nft
	have_module nvme_core nvme_loop nvme_tcp nvmet nvmet_tcp null_blk
}

# load_nvme [PARAMETER=VALUE...]: nvme_core with these parameters, both
# transports and the target. With NVME_STOCK=1 all of it is the kernel's own.
load_nvme()
{
	local mod
	defer unload_nvme
	load_module nvme_core "$@"
	for mod in nvmet nvme_loop nvme_tcp nvmet_tcp; do
		load_module "$mod"
	done
}

# modprobe takes what lies in updates/ first.
load_module()
{
	local word file mod=$1
	shift
	if [ -z "$NVME_STOCK" ]; then
		modprobe "$mod" "$@" || fail "$mod does not load"
		return
	fi
	while read -r word file _; do
		[ "$word" = insmod ] || continue
		stock_insmod "$file" "$mod" "$@"
	done < <(modprobe -D "$mod")
}

# stock_insmod FILE MODULE [PARAMETER=VALUE...]: what lies where FILE would, if
# nothing of ours did; the parameters are those of MODULE
stock_insmod()
{
	local file=$1 mod=$2 name
	shift 2
	name=${file##*/}
	if [[ $file = */updates/* ]]; then
		file=$(find "/lib/modules/$(uname -r)/kernel/drivers/nvme" -name "$name*" -print -quit)
		# What the kernel has not, its modules do not need.
		[ -n "$file" ] || return 0
	fi
	name=${name%%.*}
	name=${name//-/_}
	[ ! -d "/sys/module/$name" ] || return 0
	[ "$name" = "$mod" ] || set --
	insmod "$file" "$@" || fail "stock $name does not load"
}

unload_nvme()
{
	local mod
	for mod in $NVME_MODULES; do
		[ ! -d "/sys/module/$mod/holders" ] || wait_until 20 module_goes "$mod"
	done
}

module_goes() { [ ! -d "/sys/module/$1" ] || modprobe -r "$1"; }

# nvme_connect N [OPTION=VALUE...]: through portal N, with options of fabrics;
# sets C[N]. A path that is lost shall come back soon.
nvme_connect()
{
	local n=$1 options answer='' arg
	shift
	options="nqn=$NQN,transport=$NVMET_TRANSPORT,traddr=$(portal_ip "$n")"
	options+=",hostnqn=$HOSTNQN,hostid=$HOSTID"
	[ "$NVMET_TRANSPORT" != tcp ] || options+=",trsvcid=$FAULT_PORT,reconnect_delay=1"
	for arg; do options+=",$arg"; done
	{
		printf '%s' "$options" 2>/dev/null >&9 && read -r -u 9 answer
	} 9<>/dev/nvme-fabrics
	[ -n "$answer" ] || fail "no connection through portal $n: $options"
	answer=${answer#*instance=}
	C[n]=nvme${answer%%,*}
}

# nvme_disconnect [N...]: delete these controllers; all of them without an
# argument. Returns when they are gone.
nvme_disconnect()
{
	local n
	[ $# -gt 0 ] || set -- "${!C[@]}"
	for n; do
		ctrl_do "$n" delete_controller
	done
	for n; do
		poll 20 ctrl_gone "$n" || fail "${C[n]} stays: $(ctrl_state "$n")"
		unset "C[$n]" "P[$n]"
	done
}

nvme_disconnect_all()
{
	local ctrl
	for ctrl in /sys/class/nvme/nvme*; do
		[ -e "$ctrl" ] || continue
		echo 1 2>/dev/null >"$ctrl/delete_controller"
	done
	wait_until 20 no_controllers
}

no_controllers() { ! ls /sys/class/nvme/nvme* >/dev/null 2>&1; }

# ctrl_do N ATTRIBUTE: such as reset_controller, rescan_controller
ctrl_do() { put 1 "/sys/class/nvme/${C[$1]}/$2"; }
ctrl_state() { content "/sys/class/nvme/${C[$1]}/state" 2>/dev/null || echo gone; }
ctrl_is() { [ "$(ctrl_state "$1")" = "$2" ]; }
ctrl_gone() { [ ! -e "/sys/class/nvme/${C[$1]}" ]; }

# wait_new_ns CMD ARG...: until this says that the hosts have a new namespace. nvmet
# (nvmet_ns_enable() of 6.12 to 7.3) announces one before it can be found: who looks at
# once finds none, hears of it no more, and has to be told to look again.
wait_new_ns()
{
	local n
	within 5 "$@" >/dev/null && return
	note "a controller looked for the new namespace too soon"
	for n in "${!C[@]}"; do ctrl_do "$n" rescan_controller; done
	wait_until 20 "$@"
}

# wait_ctrl N STATE [SECONDS]
wait_ctrl()
{
	poll "${3:-10}" ctrl_is "$1" "$2" ||
		fail "${C[$1]} is $(ctrl_state "$1"), not $2"
}

# path_of N [NSID]: the path through portal N to a namespace
path_of()
{
	local dir
	for dir in "/sys/class/nvme/${C[$1]}"/nvme*c*n*; do
		[ "$(content "$dir/nsid" 2>/dev/null)" = "${2:-1}" ] || continue
		echo "${dir##*/}"
		return 0
	done
	return 1
}

# head_of PATH: the disk it leads to
head_of() { [[ $1 =~ ^(nvme[0-9]+)c[0-9]+(n[0-9]+)$ ]] && echo "${BASH_REMATCH[1]}${BASH_REMATCH[2]}"; }

subsys_dir() { readlink -f "/sys/block/$HEAD/device"; }
subsys_set() { echo "$2" 2>/dev/null >"$(subsys_dir)/$1"; }
subsys_get() { content "$(subsys_dir)/$1"; }

path_get() { content "/sys/block/$1/$2"; }
path_has() { [ "$(path_get "$1" "$2" 2>/dev/null)" = "$3" ]; }

# wait_path PATH ATTRIBUTE VALUE [SECONDS]
wait_path()
{
	poll "${4:-10}" path_has "$1" "$2" "$3" ||
		fail "$1: $2 is '$(path_get "$1" "$2" 2>&1)', not '$3'"
}

# wait_ana N STATE: until the host knows
wait_ana() { wait_path "${P[$1]}" ana_state "$2"; }

# For requires(): skip unless the head or a path of the running module has it.
need_attribute()
{
	[ -e "$1" ] || skip "no ${1##*/} in this nvme-core"
}

# unit_up [nvmet_create OPTION...] [-- fabrics OPTION...]: modules, unless the
# test has loaded them, a target, and a controller through each portal
unit_up()
{
	local n target=()
	while [ $# -gt 0 ] && [ "$1" != -- ]; do
		target+=("$1")
		shift
	done
	[ $# -eq 0 ] || shift
	[ -d /sys/module/nvme_core ] || load_nvme
	nvmet_create "${target[@]}"
	defer nvme_disconnect_all
	for ((n = 1; n <= NVMET_PORTALS; n++)); do
		nvme_connect "$n" "$@"
	done
	unit_find
}

# unit_find: fill in P and HEAD from the controllers, once all paths are there
unit_find()
{
	local n
	for n in "${!C[@]}"; do
		poll 20 path_of "$n" >/dev/null || fail "${C[n]} has no path: $(ctrl_state "$n")"
		P[n]=$(path_of "$n")
		HEAD=$(head_of "${P[n]}")
	done
	for n in "${!C[@]}"; do
		expect_eq "$(head_of "${P[n]}")" "$HEAD" "the head of ${P[n]}"
	done
	wait_until 15 test -b "/dev/$HEAD"
	wait_until 15 head_has_size
	for n in "${!C[@]}"; do wait_until 15 is_path "${P[n]}"; done
}

# A namespace has its disk before it is a path. Then come its ANA state and the link
# to it, where this nvme-core has links.
is_path()
{
	[ "$(path_get "$1" ana_state 2>/dev/null)" != "invalid state" ] &&
		{ [ ! -d "/sys/block/$HEAD/multipath" ] || [ -e "/sys/block/$HEAD/multipath/$1" ]; }
}

head_has_size() { [ "$(cat "/sys/block/$HEAD/size")" -gt 0 ]; }
head_gone() { [ ! -e "/sys/block/$HEAD" ]; }

# The head's own count of I/O: its paths come and go.
ios() { carried "$1"; }

# expect_refused SECONDS CMD ARG...: it ends by itself in that time, and fails
expect_refused()
{
	local status
	timeout -k 5 "$(($1 * ${SLOW:-1}))" "${@:2}" >"$STATE/cmd.out" 2>&1
	status=$?
	case $status in
	0) fail "expected to fail: ${*:2}" ;;
	124 | 137) fail "no end after $1 s of: ${*:2}" ;;
	esac
}

# fio, told to go on, has not ended with an error
expect_writer_waits()
{
	io_running && return
	grep -v '^ ' "$IO_DIR/out" | head -n 5 >&5
	fail "the writer did not wait"
}

# Has no I/O of the head ended for a while?
io_stands()
{
	local before
	before=$(ios "$HEAD")
	! within 1 ios_reached "$HEAD" $((before + 1))
}

# Whoever has the disk open finds no data in it any more: no error is the
# answer to a read behind the end of a disk that has shrunk to nothing.
reads_nothing() { [ "$(dd bs=4k count=1 status=none 2>/dev/null <&"$1" | wc -c)" -eq 0 ]; }

# What an I/O to the head is, at its simplest.
read_head() { dd if="/dev/$HEAD" of=/dev/null bs=4k count=1 iflag=direct status=none; }
write_head() { dd if=/dev/zero of="/dev/$HEAD" bs=4k count=1 oflag=direct status=none; }
