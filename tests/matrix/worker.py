#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""I/O of every kind to one disk at the same time, each kind by a thread of its own.

worker.py DISK DIR: begins, makes DIR/begun when each kind has done something,
and goes on until DIR/stop is there. Then it reads back what it wrote, and
prints a line for each kind: name, operations, errors, errno of the first,
longest operation in ms, wrong blocks. An operation that does not end within
STUCK seconds after the stop is an error `stuck`.
"""
import ctypes
import errno
import fcntl
import mmap
import os
import struct
import sys
import threading
import time

BLOCK = 4096
AREA = 64			# blocks that each kind has to itself
STUCK = 60
PAUSE = 0.02
SG_TIMEOUT = 10			# longer than a transport needs to find out, shorter than SCSI's
BLKDISCARD = 0x1277
SG_IO = 0x2285


class SgIo(ctypes.Structure):
    _fields_ = [("interface", ctypes.c_int), ("direction", ctypes.c_int),
                ("cmd_len", ctypes.c_ubyte), ("max_sense", ctypes.c_ubyte),
                ("iovecs", ctypes.c_ushort), ("length", ctypes.c_uint),
                ("data", ctypes.c_void_p), ("cmd", ctypes.c_void_p),
                ("sense", ctypes.c_void_p), ("timeout", ctypes.c_uint),
                ("flags", ctypes.c_uint), ("pack_id", ctypes.c_int),
                ("user", ctypes.c_void_p), ("status", ctypes.c_ubyte),
                ("masked", ctypes.c_ubyte), ("msg", ctypes.c_ubyte),
                ("sense_len", ctypes.c_ubyte), ("host", ctypes.c_ushort),
                ("driver", ctypes.c_ushort), ("resid", ctypes.c_int),
                ("duration", ctypes.c_uint), ("info", ctypes.c_uint)]


def content(block, number):
    return struct.pack("<QQ", block, number) * (BLOCK // 16)


class Kind:
    def __init__(self, disk, area):
        self.fd = os.open(disk, os.O_RDWR | os.O_DIRECT)
        self.first = area * AREA
        self.done = self.errors = self.wrong = self.longest = 0
        self.names = set()
        self.turn = 0
        self.began = None
        self.buffer = mmap.mmap(-1, BLOCK)

    def prepare(self):
        for i in range(AREA):
            self.put(self.first + i, 0)

    def put(self, block, number):
        self.buffer[:] = content(block, number)
        os.pwritev(self.fd, [self.buffer], block * BLOCK)

    def get(self, block):
        os.preadv(self.fd, [self.buffer], block * BLOCK)
        return bytes(self.buffer)

    def run(self, stop):
        while not stop.is_set():
            self.turn += 1
            self.began = time.monotonic()
            try:
                self.step(self.first + self.turn % AREA)
                self.done += 1
            except OSError as failure:
                self.errors += 1
                self.names.add(name_of(failure))
            self.longest = max(self.longest, time.monotonic() - self.began)
            self.began = None
            stop.wait(PAUSE)

    def check(self):
        pass


class Write(Kind):
    """A block holds what was acknowledged last, or a later try of unknown end."""

    def __init__(self, disk, area):
        super().__init__(disk, area)
        self.allowed = {}

    def step(self, block):
        known = self.allowed.setdefault(block, {0})
        known.add(self.turn)
        self.put(block, self.turn)
        self.allowed[block] = {self.turn}

    def check(self):
        for block, numbers in self.allowed.items():
            if self.get(block) not in [content(block, number) for number in numbers]:
                self.wrong += 1


class Read(Kind):
    def step(self, block):
        if self.get(block) != content(block, 0):
            self.wrong += 1


class Flush(Kind):
    def step(self, block):
        os.fsync(self.fd)


class Discard(Kind):
    def step(self, block):
        fcntl.ioctl(self.fd, BLKDISCARD, struct.pack("QQ", block * BLOCK, BLOCK))


class BadStatus(OSError):
    """What the unit, or the way there, answered to a SCSI command"""


class Passthrough(Kind):
    """READ(10) of one block of 512 bytes, as sg_raw sends it"""

    def step(self, block):
        # A unit attention condition ends one command of each nexus and says what has
        # happened to it (SAM-6, 5.14): whoever sends SCSI commands sends again.
        for _ in range(3):
            answer, data = self.ask(block)
            if not answer.startswith("02/06/"):
                break
        if answer:
            raise BadStatus(errno.EREMOTEIO, answer)
        if data != content(block, 0)[:512]:
            self.wrong += 1

    def ask(self, block):
        command = ctypes.create_string_buffer(struct.pack(">BBIBHB", 0x28, 0, block * 8, 0, 1, 0), 10)
        data, sense = ctypes.create_string_buffer(512), ctypes.create_string_buffer(32)
        header = SgIo(interface=ord("S"), direction=-3, cmd_len=10, max_sense=32, length=512,
                      data=ctypes.addressof(data), cmd=ctypes.addressof(command),
                      sense=ctypes.addressof(sense), timeout=SG_TIMEOUT * 1000)
        fcntl.ioctl(self.fd, SG_IO, header)
        return self.answer_of(header, sense.raw), data.raw

    @staticmethod
    def answer_of(header, sense):
        if header.host or header.driver & 0x07:
            return f"host:{header.host:02x}"
        if not header.status:
            return ""
        at = (1, 2, 3) if sense[0] & 0x7f >= 0x72 else (2, 12, 13)
        return f"{header.status:02x}/" + "/".join(f"{sense[i]:02x}" for i in at)


def name_of(failure):
    if isinstance(failure, BadStatus):
        return failure.strerror
    return errno.errorcode.get(failure.errno, str(failure.errno))


def wait_for(path):
    while not os.path.exists(path):
        time.sleep(0.05)


def verdict(kind, thread):
    if thread.is_alive():
        kind.errors += 1
        kind.names.add("stuck")
        return
    try:
        kind.check()
    except OSError as failure:
        kind.errors += 1
        kind.names.add("check:" + name_of(failure))


def main(disk, directory):
    kinds = {"write": Write(disk, 0), "read": Read(disk, 1), "flush": Flush(disk, 2),
             "discard": Discard(disk, 3), "sg": Passthrough(disk, 4)}
    for kind in kinds.values():
        kind.prepare()
    stop = threading.Event()
    threads = {name: threading.Thread(target=kind.run, args=(stop,), daemon=True)
               for name, kind in kinds.items()}
    for thread in threads.values():
        thread.start()
    while not all(kind.done or kind.errors for kind in kinds.values()):
        time.sleep(0.05)
    open(f"{directory}/begun", "w").close()
    wait_for(f"{directory}/stop")
    stop.set()
    deadline = time.monotonic() + STUCK
    for name, kind in kinds.items():
        threads[name].join(max(deadline - time.monotonic(), 0))
        verdict(kind, threads[name])
        print(name, kind.done, kind.errors, "+".join(sorted(kind.names)) or "-", int(kind.longest * 1000), kind.wrong, flush=True)
    os._exit(0)


main(*sys.argv[1:])
