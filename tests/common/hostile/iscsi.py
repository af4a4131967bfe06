# SPDX-License-Identifier: GPL-2.0
"""The part of iSCSI (RFC 7143) that Linux' initiator needs: one connection for a
session, no digests, no recovery of what was lost.

A Connection reads PDUs and runs each SCSI command as a task of its own, so that
one which is held up holds up no other. What a command does is not known here:
that is `unit.execute()`.
"""
import asyncio
import struct

NOP_OUT, COMMAND, TASK, LOGIN, TEXT, DATA_OUT, LOGOUT = range(7)
NOP_IN, RESPONSE, TASK_DONE, LOGIN_DONE, TEXT_DONE, DATA_IN, LOGOUT_DONE = range(0x20, 0x27)
READY, REJECT = 0x31, 0x3F
FINAL = 0x80
NO_TAG = 0xFFFFFFFF

BURST = 256 * 1024
WINDOW = 64

# What we say, whatever the initiator offers.
KEYS = {
    "HeaderDigest": "None", "DataDigest": "None", "AuthMethod": "None",
    "InitialR2T": "Yes", "ImmediateData": "Yes", "MaxConnections": "1",
    "MaxBurstLength": str(BURST), "FirstBurstLength": "65536",
    "DefaultTime2Wait": "0", "DefaultTime2Retain": "0",
    "MaxOutstandingR2T": "1", "ErrorRecoveryLevel": "0",
    "DataPDUInOrder": "Yes", "DataSequenceInOrder": "Yes",
    "IFMarker": "No", "OFMarker": "No",
}
# What is said to us and wants no answer.
DECLARED = ("InitiatorName", "InitiatorAlias", "TargetName", "SessionType",
            "TargetAddress", "TargetPortalGroupTag")


class Pdu:
    def __init__(self, head, data):
        self.head, self.data = head, data
        self.opcode = head[0] & 0x3F
        self.immediate = bool(head[0] & 0x40)
        self.flags = head[1]
        self.lun = head[8:16]
        self.tag, = struct.unpack_from(">I", head, 16)

    def word(self, offset):
        return struct.unpack_from(">I", self.head, offset)[0]


class Write:
    """Data that a command waits for."""

    def __init__(self, length, data):
        self.buffer = bytearray(length)
        self.buffer[:len(data)] = data
        self.have = self.wanted = len(data)
        self.arrived = asyncio.Event()

    def add(self, offset, data):
        self.buffer[offset:offset + len(data)] = data
        self.have += len(data)
        if self.have >= self.wanted:
            self.arrived.set()

    async def until(self, wanted):
        self.wanted = wanted
        self.arrived.clear()
        if self.have < wanted:
            await self.arrived.wait()


class Connection:
    def __init__(self, portal, reader, writer):
        self.portal, self.reader, self.writer = portal, reader, writer
        self.stat_sn = 1
        self.cmd_sn = 1
        self.isid = b""
        self.max_data = 8192
        self.writes = {}
        self.tasks = {}
        self.ready_tag = 0

    def close(self):
        for task in list(self.tasks.values()):
            task.cancel()
        self.writer.transport.abort()

    async def run(self):
        try:
            while True:
                await self.handle(await self.read())
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            self.close()

    async def read(self):
        head = await self.reader.readexactly(48)
        length = int.from_bytes(head[5:8], "big")
        rest = await self.reader.readexactly(head[4] * 4 + (length + 3) // 4 * 4)
        return Pdu(head, rest[head[4] * 4:][:length])

    def send(self, opcode, flags, tag, words=(), data=b"", lun=bytes(8), third=0, counts=True):
        """words: those from byte 20 on; our sequence numbers lie over the second to fourth."""
        head = bytearray(48)
        head[0], head[1], head[2], head[3] = opcode, flags, third >> 8, third & 0xFF
        head[5:8] = len(data).to_bytes(3, "big")
        head[8:16] = lun
        struct.pack_into(">I", head, 16, tag)
        numbers = (self.stat_sn, self.cmd_sn, (self.cmd_sn + WINDOW) & 0xFFFFFFFF)
        for i, word in enumerate(words or (0,)):
            struct.pack_into(">I", head, 20 + 4 * i, word)
        struct.pack_into(">III", head, 24, *numbers)
        if counts:
            self.stat_sn = (self.stat_sn + 1) & 0xFFFFFFFF
        self.writer.write(bytes(head) + data + bytes(-len(data) % 4))

    async def handle(self, pdu):
        if pdu.opcode in (COMMAND, TASK, TEXT, NOP_OUT, LOGOUT) and not pdu.immediate:
            self.cmd_sn = (pdu.word(24) + 1) & 0xFFFFFFFF
        handler = {
            LOGIN: self.login, NOP_OUT: self.nop, COMMAND: self.command,
            DATA_OUT: self.data_out, TASK: self.manage, TEXT: self.text,
            LOGOUT: self.logout,
        }.get(pdu.opcode)
        if handler is None:
            self.send(REJECT, FINAL, NO_TAG, data=pdu.head, third=0x0500)
        else:
            handler(pdu)
        await self.writer.drain()

    def login(self, pdu):
        offered = dict(item.split("=", 1) for item in
                       pdu.data.decode(errors="replace").split("\0") if "=" in item)
        answer = {}
        for key, value in offered.items():
            if key == "MaxRecvDataSegmentLength":
                self.max_data = min(int(value), BURST)
                answer[key] = str(BURST)
            elif key in KEYS:
                answer[key] = KEYS[key]
            elif key not in DECLARED:
                answer[key] = "NotUnderstood"
        if "InitiatorName" in offered:
            answer["TargetPortalGroupTag"] = str(self.portal.number)
            self.isid = pdu.head[8:14]
            self.portal.reinstate(self)
        self.cmd_sn = pdu.word(24)
        text = "".join(f"{key}={value}\0" for key, value in answer.items()).encode()
        transit = pdu.flags & 0x80
        flags = pdu.flags if transit else pdu.flags & 0x0C
        tsih = self.portal.number.to_bytes(2, "big") if transit and pdu.flags & 3 == 3 else b"\0\0"
        self.send(LOGIN_DONE, flags, pdu.tag, data=text, lun=pdu.head[8:14] + tsih)

    def nop(self, pdu):
        if pdu.tag != NO_TAG:
            self.send(NOP_IN, FINAL, pdu.tag, (NO_TAG,), pdu.data)

    def text(self, pdu):
        self.send(TEXT_DONE, FINAL, pdu.tag, (NO_TAG,))

    def logout(self, pdu):
        self.send(LOGOUT_DONE, FINAL, pdu.tag)

    def manage(self, pdu):
        """What is to be aborted is forgotten; the initiator hears no more of it."""
        function = pdu.flags & 0x7F
        for tag, task in list(self.tasks.items()):
            if function != 1 or tag == pdu.word(20):
                task.cancel()
        self.portal.log(f"task management {function}")
        self.send(TASK_DONE, FINAL, pdu.tag)

    def data_out(self, pdu):
        write = self.writes.get(pdu.tag)
        if write is not None:
            write.add(pdu.word(40), pdu.data)

    def command(self, pdu):
        task = asyncio.ensure_future(self.execute(pdu))
        self.tasks[pdu.tag] = task
        task.add_done_callback(lambda _: self.tasks.pop(pdu.tag, None))

    async def take_data(self, pdu, length):
        write = self.writes[pdu.tag] = Write(length, pdu.data)
        number = 0
        try:
            while write.have < length:
                some = min(BURST, length - write.have)
                self.ready_tag += 1
                self.send(READY, FINAL, pdu.tag,
                          (self.ready_tag, 0, 0, 0, number, write.have, some),
                          lun=pdu.lun, counts=False)
                number += 1
                await write.until(write.have + some)
            return bytes(write.buffer)
        finally:
            self.writes.pop(pdu.tag, None)

    async def execute(self, pdu):
        length = pdu.word(20)
        data = b""
        if pdu.flags & 0x20:
            data = await self.take_data(pdu, length)
        answer = await self.portal.execute(self, pdu.lun, pdu.head[32:48], data)
        if answer is None:
            return
        status, sense, result = answer
        sent = result[:length] if pdu.flags & 0x40 else b""
        number = 0
        for number, offset in enumerate(range(0, len(sent), self.max_data), 1):
            part = sent[offset:offset + self.max_data]
            last = FINAL if offset + len(part) == len(sent) else 0
            self.send(DATA_IN, last, pdu.tag, (NO_TAG, 0, 0, 0, number - 1, offset), part,
                      lun=pdu.lun, counts=False)
        done = len(sent) if pdu.flags & 0x40 else len(data)
        short = max(length - done, 0) if not status else 0
        flags = FINAL | (0x02 if short else 0)
        text = len(sense).to_bytes(2, "big") + sense if sense else b""
        self.send(RESPONSE, flags, pdu.tag, (0, 0, 0, 0, number, 0, short), text, third=status)
        await self.writer.drain()
