#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Write one 4 KiB block after another, past the page cache, and print when each write completed (ms since 1970)."""

import itertools
import mmap
import os
import sys
import time

BLOCK = 4096
BLOCKS = 256
PAUSE = 0.001  # leaves the CPU to the load; far below every limit that is checked


def now_ms():
    return time.time_ns() // 1_000_000


def write_one(fd, number):
    # An anonymous map is page-aligned, as O_DIRECT demands.
    block = mmap.mmap(-1, BLOCK)
    block[:8] = number.to_bytes(8, "little")
    os.pwrite(fd, block, number % BLOCKS * BLOCK)
    block.close()


def main():
    fd = os.open(sys.argv[1], os.O_WRONLY | os.O_DIRECT)
    sys.stdout.reconfigure(line_buffering=True)
    for number in itertools.count():
        try:
            write_one(fd, number)
            print(now_ms())
        except OSError as err:
            print(now_ms(), "error", err.strerror)
        time.sleep(PAUSE)


main()
