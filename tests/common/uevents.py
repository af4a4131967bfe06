#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Print the kernel's events of a disk, a line each, until killed.

uevents.py DISK: "ACTION VARIABLE=VALUE ...", the variables sorted.
uevents.py: of each SCSI disk that is announced "DISK UNIT", asked at once.
"""
import os
import socket
import sys

KOBJECT_UEVENT = 15
NETWORK_KERNEL = 1


def ask(disk):
    """The unit of which it is a path; ? if nobody answers."""
    try:
        with open(f"/sys/block/{disk}/device/mpath_unit", encoding="ascii") as file:
            return file.read().strip() or "none"
    except OSError:
        return "?"


def tell(variables):
    name = variables.get("DEVNAME", "")
    if len(sys.argv) == 1:
        if variables["ACTION"] == "add" and name.startswith("sd") and variables["DEVTYPE"] == "disk":
            print(name, ask(name), flush=True)
    elif name == sys.argv[1]:
        text = " ".join(f"{name}={variables[name]}" for name in sorted(variables))
        print(variables["ACTION"], text, flush=True)


def main():
    events = socket.socket(socket.AF_NETLINK, socket.SOCK_DGRAM, KOBJECT_UEVENT)
    events.bind((os.getpid(), NETWORK_KERNEL))
    print("listening", flush=True)
    while True:
        parts = events.recv(16384).decode().rstrip("\0").split("\0")
        tell(dict(part.split("=", 1) for part in parts[1:]))


main()
