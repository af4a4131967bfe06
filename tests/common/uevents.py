#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Print the kernel's events of a disk, a line each, until killed.

uevents.py DISK: "ACTION VARIABLE=VALUE ...", the variables sorted.
"""
import os
import socket
import sys

KOBJECT_UEVENT = 15
NETWORK_KERNEL = 1


def main():
    events = socket.socket(socket.AF_NETLINK, socket.SOCK_DGRAM, KOBJECT_UEVENT)
    events.bind((os.getpid(), NETWORK_KERNEL))
    print("listening", flush=True)
    while True:
        parts = events.recv(16384).decode().rstrip("\0").split("\0")
        variables = dict(part.split("=", 1) for part in parts[1:])
        if variables.get("DEVNAME") == sys.argv[1]:
            text = " ".join(f"{name}={variables[name]}" for name in sorted(variables))
            print(variables["ACTION"], text, flush=True)


main()
