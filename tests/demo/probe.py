#!/usr/bin/python3
# SPDX-License-Identifier: GPL-2.0
"""Find out how long no write got through.

One thread writes a 4 KiB block after another, past the page cache, and prints when each write completed, in ms since
1970. Another only sleeps, and prints "late" with the ms it slept too long: in that time the machine itself did not run.
"""

import itertools
import mmap
import os
import sys
import threading
import time

BLOCK = 4096
BLOCKS = 256
PAUSE = 0.002  # leaves the CPU to the load; far below every limit that is checked
LATE = 0.010


def say(*words):
    # One write for each line, so that the threads' lines do not mix.
    sys.stdout.write(" ".join(map(str, (time.time_ns() // 1_000_000, *words))) + "\n")


def write_one(fd, number):
    # An anonymous map is page-aligned, as O_DIRECT demands.
    block = mmap.mmap(-1, BLOCK)
    block[:8] = number.to_bytes(8, "little")
    os.pwrite(fd, block, number % BLOCKS * BLOCK)
    block.close()


def write_on(fd):
    for number in itertools.count():
        try:
            write_one(fd, number)
            say()
        except OSError as err:
            say("error", err.strerror)
        time.sleep(PAUSE)


def watch_machine():
    while True:
        start = time.monotonic()
        time.sleep(PAUSE)
        late = time.monotonic() - start - PAUSE
        if late > LATE:
            say("late", round(late * 1000))


def main():
    sys.stdout.reconfigure(line_buffering=True)
    threading.Thread(target=watch_machine, daemon=True).start()
    write_on(os.open(sys.argv[1], os.O_WRONLY | os.O_DIRECT))


main()
