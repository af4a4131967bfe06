# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# For tests on the host: a machine that boots from its own disk, with systemd, and
# a guest of the lab that is the target, with four portals. Two networks connect
# them. Both are processes of this host; nothing of it leaves the host.

# shellcheck source=tests/vm/lib.sh
. "$TESTS/vm/lib.sh"
# shellcheck source=tests/common/san.sh
. "$TESTS/common/san.sh"

# A machine that is not done after so long hangs: a boot takes a minute and a half on
# emulated CPUs, and with a path to nowhere it waits for no_path_timeout.
: "${BOOT_SECS=600}"

# shellcheck disable=SC2034 # for the tests
SAN_IQN=iqn.2003-01.org.example:mpath

# machine_network, machine_login: what an admin types, to be part of a job
machine_network()
{
	cat <<-JOB
		cat >/etc/network/interfaces.d/san <<-IFACES
			auto eth0 eth1
			iface eth0 inet static
			  address 192.168.1.1/24
			iface eth1 inet static
			  address 192.168.2.1/24
		IFACES
		ifup eth0 eth1
	JOB
}

machine_login()
{
	cat <<-JOB
		iscsiadm -m discovery -t sendtargets -p $(portal_ip 1)
		iscsiadm -m node -o update -n node.startup -v automatic
		# 15: the initramfs has made one of them
		iscsiadm -m node -l || [ \$? = 15 ]
		udevadm settle
	JOB
}

# link SIDE: its two network cards. Datagrams to a side that is not there are lost,
# as they are on a network.
link()
{
	local n other=target
	[ "$1" = machine ] || other=machine
	for n in 1 2; do
		echo "-netdev dgram,id=net$n,local.type=unix,local.path=$TMP/$1.$n,remote.type=unix,remote.path=$TMP/$other.$n"
		echo "-device virtio-net-pci,netdev=net$n,mac=52:54:00:00:0$n:$([ "$1" = machine ] && echo 02 || echo 01)"
	done
}

# target_start [DISK]: the target, one unit of 400 MiB or DISK. It serves until the
# test ends.
target_start()
{
	local args=() arg
	mkdir -p "$TMP/target"
	while read -r arg; do
		args+=(-x "${arg%% *}" -x "${arg#* }")
	done < <(link target)
	[ $# -eq 0 ] || args+=(-x -drive -x "file=$1,if=virtio,format=raw")
	# The target is no more than a target: any kernel will do.
	"$VM/run" -k 6.12 -n -o "$TMP/target" "${args[@]}" --exec \
		bash tests/boot/target.sh ${1:+/dev/vdb} >"$TMP/target.log" 2>&1 &
	TARGET=$!
	defer target_stop "$TARGET"
	wait_until 120 target_up_or_gone
	[ -e "$TMP/target/ready" ] || fail "the target has ended"
}

target_up_or_gone() { [ -e "$TMP/target/ready" ] || ! kill -0 "$TARGET"; }

target_stop()
{
	touch "$TMP/target/end"
	wait_pid "$1" 20 || kill "$1"
	cat "$TMP/target.log"
}

# on_target CMD ARG…: run it there
on_target()
{
	local n
	n=$(find "$TMP/target" -name 'do.*' | wc -l)
	printf '%q ' "$@" >"$TMP/target/.do"
	mv "$TMP/target/.do" "$TMP/target/do.$n"
	wait_until 30 [ -e "$TMP/target/done.$n" ]
	expect_eq "$(cat "$TMP/target/done.$n")" 0 "on the target: status of $*"
}

# machine_create FLAVOUR: a disk of the test's own, in $TMP/disk
machine_create()
{
	"$VM/machine.sh" "$1" >&5 || fail "no machine with $1"
	cp --sparse=always "$LAB/machine-$1.img" "$TMP/disk"
}

# disk_file FILE TO: from the machine's disk, without its help
disk_file()
{
	debugfs -R "dump $1 $2" "$TMP/disk" 2>/dev/null
	[ -s "$2" ] || fail "$1 of the machine cannot be read"
}

# boot_file FILE: the newest FILE- in /boot, as a boot loader would find it
boot_file()
{
	local name
	name=$(debugfs -R "ls -p /boot" "$TMP/disk" 2>/dev/null |
		awk -F / -v file="$1-" 'index($6, file) == 1 { print $6 }' | sort -V | tail -n 1)
	[ -n "$name" ] || fail "no $1 in the machine's /boot"
	disk_file "/boot/$name" "$TMP/$1"
}

# What runs the job: nothing of it is on the machine's disk.
job_unit()
{
	cat <<-'UNIT'
		[Unit]
		After=multi-user.target
		[Service]
		Type=oneshot
		ExecStart=/bin/bash -c "modprobe 9pnet_virtio; mkdir -p /run/job; mount -t 9p -o trans=virtio,version=9p2000.L job /run/job; exec bash /run/job/main"
		StandardOutput=journal+console
	UNIT
}

# What a job can say beside its commands
job_verbs()
{
	cat <<-'VERBS'
		# until_true SECONDS CMD ARG…
		until_true()
		{
			local end=$((SECONDS + $1))
			shift
			until "$@"; do
				[ "$SECONDS" -lt "$end" ] || { echo "in vain: $*"; return 1; }
				sleep 0.5
			done
		}
		paths() { [ "$(ls -d /sys/block/mpatha/multipath/sd* | wc -l)" = "$1" ]; }
		state() { [ "$(cat /sys/block/mpatha/multipath/state)" = "$1" ]; }
		never_said() { [ -z "$(journalctl -b | grep -E "$1" | tee /dev/stderr)" ]; }
		none_failed() { [ -z "$(systemctl --failed --plain --no-legend)" ]; }
		# The root is on the unit, and its UUID leads there.
		root_is_unit()
		{
			[ "$(findmnt -n -o SOURCE /)" = /dev/mpatha ] &&
				[ "$(readlink -f "/dev/disk/by-uuid/$(findmnt -n -o UUID /)")" = /dev/mpatha ]
		}
		# keep_data DISK TYPE: mounted at each boot by its UUID, with a file in it
		keep_data()
		{
			udevadm settle
			mkdir /data
			echo "UUID=$(blkid -o value -s UUID "$1") /data $2 _netdev 0 2" >>/etc/fstab
			systemctl daemon-reload
			mount /data
			head -c 10M /dev/urandom >/data/file
			sha256sum /data/file >/root/sum
		}
		# write_root N: so many MiB, each of which has to arrive
		write_root()
		{
			local n
			for n in $(seq "$1"); do
				head -c 1M /dev/urandom >/root/file.$n
				sync /root/file.$n
			done
		}
		# on_target CMD ARG…: the host has it done
		on_target()
		{
			printf '%q ' "$@" >/run/job/.ask
			mv /run/job/.ask /run/job/ask
			until_true 60 [ ! -e /run/job/ask ]
		}
	VERBS
}

# Do on the target what the job asks for, while the machine runs.
serve_job()
{
	while kill -0 "$1" 2>/dev/null; do
		if [ -e "$TMP/job/ask" ]; then
			eval "on_target $(cat "$TMP/job/ask")"
			rm "$TMP/job/ask"
		fi
		sleep 0.2
	done
}

# The job says how it went, and then the machine goes off as by its button.
write_job()
{
	rm -rf "$TMP/job"
	mkdir -p "$TMP/job"
	{
		job_verbs
		cat
	} >"$TMP/job/script"
	cat >"$TMP/job/main" <<-'MAIN'
		cd /run/job
		bash -eu -o pipefail script >out 2>&1 </dev/null
		echo $? >status
		[ "$(cat status)" = 0 ] || { systemctl --failed; lsblk; journalctl -b -p warning; } >>out 2>&1
		systemctl --no-block poweroff
	MAIN
}

# Seconds from the end of the job until the machine was off, by the host's clock
machine_off_secs() { echo $(($(stat -c %Y "$TMP/console") - $(stat -c %Y "$TMP/job/status"))); }

# One disk, seen through two host adapters
two_hbas()
{
	local n
	for n in 1 2; do
		echo "-drive file=$TMP/disk,if=none,id=disk$n,format=raw,file.locking=off"
		echo "-device virtio-scsi-pci,id=hba$n"
		echo "-device scsi-hd,bus=hba$n.0,drive=disk$n,share-rw=on,wwn=0x5000c50015ea71ad"
	done
}

# One namespace, seen through two controllers
two_controllers()
{
	local n
	echo "-drive file=$TMP/disk,if=none,id=disk,format=raw"
	echo "-device nvme-subsys,id=both"
	for n in 1 2; do
		echo "-device nvme,id=nvme$n,serial=machine,subsys=both"
	done
	echo "-device nvme-ns,drive=disk,bus=nvme2,nsid=1,shared=on"
}

disk()
{
	case $1 in
	local) echo "-drive file=$TMP/disk,if=virtio,format=raw" ;;
	two-hbas) two_hbas ;;
	nvme) two_controllers ;;
	san) ;;
	*) fail "no such kind of disk: $1" ;;
	esac
}

# One thread for both CPUs: with two, an emulated CPU may run code that the kernel has
# just patched (tests/vm/stock-defects), and a job cannot be done again.
machine_accel()
{
	if grep -qs '^-accel kvm' "$LAB/accel"; then
		echo -accel kvm -cpu max
	else
		echo -accel tcg,thread=single -cpu max
	fi
}

# Wait for its end. One that does not come is the job's to explain, and its last words'.
machine_wait()
{
	local status=0
	wait "$1" || status=$?
	[ ! -e "$TMP/job/out" ] || cat "$TMP/job/out" >&5
	[ "$status" -ne 0 ] || return 0
	show_machine
	[ "$status" -eq 124 ] || fail "QEMU ended with status $status"
	fail "the machine did not switch itself off in $BOOT_SECS s"
}

# Each sets START, the options of QEMU's that start this kernel with these words: QEMU
# does it itself, or UEFI with Secure Boot and the keys that machines are sold with,
# by way of shim and GRUB on a partition of UEFI's own.
start_directly()
{
	START=(-machine q35 -kernel "$TMP/vmlinuz" -initrd "$TMP/initrd.img" -append "$*")
}

start_securely()
{
	local esp=$TMP/esp
	mkdir -p "$esp/EFI/BOOT" "$esp/EFI/debian"
	disk_file /usr/lib/shim/shimx64.efi.signed "$esp/EFI/BOOT/BOOTX64.EFI"
	disk_file /usr/lib/shim/mmx64.efi.signed "$esp/EFI/BOOT/mmx64.efi"
	disk_file /usr/lib/grub/x86_64-efi-signed/grubx64.efi.signed "$esp/EFI/BOOT/grubx64.efi"
	cp "$TMP/vmlinuz" "$TMP/initrd.img" "$esp"
	printf '%s\n' "linux /vmlinuz $*" "initrd /initrd.img" boot >"$esp/EFI/debian/grub.cfg"
	# What the firmware remembers
	[ -e "$TMP/variables" ] || cp /usr/share/OVMF/OVMF_VARS_4M.ms.fd "$TMP/variables"
	START=(-machine "q35,smm=on" -global "driver=cfi.pflash01,property=secure,value=on"
		-drive "if=pflash,unit=0,format=raw,readonly=on,file=/usr/share/OVMF/OVMF_CODE_4M.ms.fd"
		-drive "if=pflash,unit=1,format=raw,file=$TMP/variables"
		-drive "if=virtio,format=raw,readonly=on,file=fat:$esp")
}

# machine_start ARG…: as START has it, in the background
machine_start()
{
	# That of the boot before
	rm -f "$TMP/console"
	# shellcheck disable=SC2046
	timeout "$BOOT_SECS" setpriv --pdeathsig TERM qemu-system-x86_64 -nodefaults -no-user-config \
		-display none -no-reboot $(machine_accel) -smp 2 -m 2G "${START[@]}" \
		-chardev "file,id=con,path=$TMP/console" -serial chardev:con "$@" &
	MACHINE=$!
}

# machine_boot DISK [WORD…] <SCRIPT: boot the machine with these words for its
# kernel, run the script in it when it is up, switch it off. DISK is how it reaches its
# own: local, two-hbas, nvme, or san if it shall find its root there by itself. On an
# emulated CPU it may take longer to the login than systemd waits for a disk.
machine_boot()
{
	local disk=$1 args=() line
	shift
	write_job
	boot_file vmlinuz
	boot_file initrd.img
	while read -r line; do
		args+=("${line%% *}" "${line#* }")
	done < <(disk "$disk"; link machine)
	"start_${STARTED:-directly}" "root=UUID=$MACHINE_ROOT" ro console=ttyS0 net.ifnames=0 panic=-1 \
		no_timer_check systemd.default_device_timeout_sec=300 systemd.wants=mpath-job.service \
		"systemd.set_credential_binary=systemd.extra-unit.mpath-job.service:$(job_unit | base64 -w 0)" "$@"
	machine_start -virtfs "local,path=$TMP/job,mount_tag=job,security_model=none,multidevs=remap" "${args[@]}"
	serve_job "$MACHINE"
	machine_wait "$MACHINE"
	[ "$(cat "$TMP/job/status" 2>/dev/null)" = 0 ] || show_machine
	expect_eq "$(cat "$TMP/job/status" 2>/dev/null)" 0 "status of the job"
}

# press KEY…: at the machine's keyboard, once TEXT has appeared on its screen
on_screen() { wait_until 120 grep -qaF "$1" "$TMP/console"; }
press()
{
	local key
	for key; do
		echo "sendkey $key" >&7
		sleep 0.5
	done
}

# machine_confirm_key PASSWORD: what `mokutil --import` asks of who sits in front of the
# machine when it starts for the next time
machine_confirm_key()
{
	local password
	mapfile -t password < <(grep -o . <<<"$1")
	mkfifo "$TMP/monitor.in" "$TMP/monitor.out"
	machine_start -chardev "pipe,id=mon,path=$TMP/monitor" -mon mon
	exec 7>"$TMP/monitor.in"
	cat "$TMP/monitor.out" >"$TMP/monitor.log" &
	on_screen "Press any key" && press ret
	on_screen "Enroll MOK" && press down ret
	on_screen "View key 0" && press down ret
	on_screen "Enroll the key" && press down ret
	on_screen "assword" && press "${password[@]}" ret
	on_screen "Reboot" && press ret
	machine_wait "$MACHINE"
	exec 7>&-
}

# What it has said of itself in its last moments
show_machine()
{
	tr -d '\r' <"$TMP/console" | grep -a . | tail -n 40 >&5
}
