# shellcheck shell=bash
# SPDX-License-Identifier: GPL-2.0
#
# Parts of the lab: each is made once, and anew when what it is made from
# changes; and trees of Debian, of which most are made. To be sourced after lib.sh.

SUITE=trixie

# made PART INPUT…: is PART made already, from these inputs? Inputs are files
# or words.
made()
{
	[ "$(cat "$LAB/$1.stamp" 2>/dev/null)" = "$(fingerprint "${@:2}")" ]
}

stamp()
{
	fingerprint "${@:2}" >"$LAB/$1.stamp"
}

fingerprint()
{
	local input
	for input; do
		if [ -f "$input" ]; then cat "$input"; else echo "$input"; fi
	done | sha256sum
}

# The host's own mirror, if it is a Debian, serves the other suites too.
mirror()
{
	local uri
	# shellcheck disable=SC2016
	uri=$(apt-get indextargets --format '$(REPO_URI)' 2>/dev/null |
		grep -m 1 '/debian/\?$') || uri=http://deb.debian.org/debian
	echo "${MIRROR:-$uri}"
}

sources()
{
	local keyring=/usr/share/keyrings/debian-archive-keyring.gpg base
	base=$(mirror)
	base=${base%/}
	echo "deb [signed-by=$keyring] $base $SUITE main"
	echo "deb [signed-by=$keyring] $base-security $SUITE-security main"
	echo "deb [signed-by=$keyring] $base $SUITE-backports main"
}

# Proxy and validity settings of the host hold for the trees as well.
host_apt_options()
{
	apt-config dump | grep -E '^Acquire::(https?::Proxy|Check-)' || true
}

# debootstrap TARGET VARIANT PACKAGES [OPTION…]: a Debian, as a directory or a tar
# file. Options are mmdebstrap's.
debootstrap()
{
	local target=$1 variant=$2 include=$3
	shift 3
	rm -rf "$target"
	host_apt_options >"$LAB/apt.conf"
	mmdebstrap --variant="$variant" --aptopt="$LAB/apt.conf" "$@" \
		--include="${include// /,}" "$SUITE" "$target" - < <(sources)
}

# What nobody reads in a guest stays away.
debootstrap_small()
{
	debootstrap "$1" minbase "$2" --dpkgopt='path-exclude=/usr/share/doc/*' \
		--dpkgopt='path-exclude=/usr/share/locale/*' \
		--dpkgopt='path-exclude=/usr/share/man/*'
}

# once PART INPUTS… -- WHAT CMD ARG…: the step WHAT, unless PART is made.
once()
{
	local part=$1 inputs=()
	shift
	while [ "$1" != -- ]; do
		inputs+=("$1")
		shift
	done
	shift
	made "$part" "${inputs[@]}" && return
	step "$@"
	stamp "$part" "${inputs[@]}"
}
