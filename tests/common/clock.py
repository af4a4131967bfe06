#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Write down from when to when this machine let a sleeper wait that was to run after
20 ms: an emulated CPU that has to wait for a real one is not the fault of a path.

clock.py FILE: lines "FROM TO", in ms since the epoch, until killed. Each CPU waits by
itself.
"""
import os
import sys
import time

PERIOD_MS = 20
LATE_MS = 40


def watch(cpu, out, parent):
    os.sched_setaffinity(0, {cpu})
    last = time.time() * 1000
    while os.getppid() == parent:
        time.sleep(PERIOD_MS / 1000)
        now = time.time() * 1000
        if now - last >= LATE_MS:
            out.write(f"{last + PERIOD_MS:.0f} {now:.0f}\n")
        last = now


def main():
    first, *others = sorted(os.sched_getaffinity(0))
    with open(sys.argv[1], "a", buffering=1, encoding="ascii") as out:
        me = os.getpid()
        for cpu in others:
            if not os.fork():
                watch(cpu, out, me)
                return
        watch(first, out, os.getppid())


main()
