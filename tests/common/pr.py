#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Persistent reservations of a disk, by the ioctls of linux/pr.h.

pr.py DISK register OLD NEW | register-ignore NEW | reserve KEY TYPE |
           release KEY TYPE | preempt KEY VICTIM TYPE | clear KEY
Prints nothing; ends with 0, or with 1 and the error.
"""
import fcntl
import os
import struct
import sys

IGNORE_KEY = 1


def iow(number, size):
    return 1 << 30 | size << 16 | ord("p") << 8 | number


def request(verb, args):
    """The number of the ioctl, and its argument."""
    key = [int(arg, 0) for arg in args]
    if verb == "register":
        return iow(200, 24), struct.pack("QQII", key[0], key[1], 0, 0)
    if verb == "register-ignore":
        return iow(200, 24), struct.pack("QQII", 0, key[0], IGNORE_KEY, 0)
    if verb == "reserve":
        return iow(201, 16), struct.pack("QII", key[0], key[1], 0)
    if verb == "release":
        return iow(202, 16), struct.pack("QII", key[0], key[1], 0)
    if verb == "preempt":
        return iow(203, 24), struct.pack("QQII", key[0], key[1], key[2], 0)
    if verb == "clear":
        return iow(205, 16), struct.pack("QII", key[0], 0, 0)
    raise SystemExit(f"pr.py: no verb {verb}")


def main():
    number, argument = request(sys.argv[2], sys.argv[3:])
    disk = os.open(sys.argv[1], os.O_RDWR)
    try:
        status = fcntl.ioctl(disk, number, bytearray(argument), True)
    except OSError as error:
        raise SystemExit(f"pr.py: {sys.argv[2]}: {error.strerror}")
    if status:
        raise SystemExit(f"pr.py: {sys.argv[2]}: status {status:#x}")


main()
