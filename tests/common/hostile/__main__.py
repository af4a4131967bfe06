#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""An iSCSI target that misbehaves when it is told to, for what LIO cannot do.

hostile DIR PORTALS UNITS BLOCKS: portal N listens on 127.0.N.1, and LUN U of each
leads to unit U. Lines are read from DIR/orders, and each is answered by one line
in DIR/answers: `ok`, a value, or `error: ...`. hostile.sh has the verbs.
"""
import asyncio
import os
import sys

import iscsi
import scsi


class Rule:
    """What to do with a command instead of what it says, so many times."""

    def __init__(self, action, argument, times):
        self.action, self.argument, self.times = action, argument, times


class Portal:
    def __init__(self, target, number):
        self.target, self.number = target, number
        self.group = number
        self.alua = "active/optimized"
        self.luns = {n: scsi.Lun(self, unit) for n, unit in target.units.items()}
        self.rules = {}
        self.attentions = {}
        self.counts = {}
        self.logins = 0
        self.tells = True
        self.connections = []
        self.server = None

    def log(self, text):
        print(f"portal {self.number}: {text}", flush=True)

    async def listen(self):
        self.server = await asyncio.start_server(self.serve, f"127.0.{self.number}.1", 3260,
                                                 reuse_address=True, limit=1 << 20)

    async def serve(self, reader, writer):
        connection = iscsi.Connection(self, reader, writer)
        self.connections.append(connection)
        await connection.run()
        if connection in self.connections:
            self.connections.remove(connection)

    def reinstate(self, newer):
        """A session that logs in anew ends what it was (RFC 7143 6.3.5)."""
        for old in list(self.connections):
            if old is not newer and old.isid == newer.isid:
                old.close()
        self.logins += 1
        for number in self.luns if self.tells else ():
            self.attentions.setdefault((newer.isid, number), []).append((0x29, 0x07))

    def find_rule(self, number, opcode):
        for key in ((number, opcode), (None, opcode), (number, None), (None, None)):
            rule = self.rules.get(key)
            if rule is None:
                continue
            if rule.times > 0:
                rule.times -= 1
                if not rule.times:
                    del self.rules[key]
            return rule
        return None

    async def execute(self, connection, lun, cdb, data):
        number = int.from_bytes(lun[:2], "big") & 0x3FFF
        opcode = cdb[0]
        key = (number, opcode)
        self.counts[key] = self.counts.get(key, 0) + 1
        rule = self.find_rule(number, opcode)
        answer = None
        if rule is not None:
            proceed, answer = await self.misbehave(connection, rule)
            if not proceed:
                return answer
        if opcode == 0xA0:
            return self.report_luns(cdb)
        shown = self.luns.get(number)
        if shown is None:
            return self.no_lun(cdb)
        # SAM-4 5.14: not to INQUIRY and REQUEST SENSE
        waiting = self.attentions.get((connection.isid, number))
        if waiting and opcode not in (0x12, 0x03):
            return scsi.CHECK, scsi.sense(6, *waiting.pop(0)), b""
        return shown.execute(cdb, data)

    async def misbehave(self, connection, rule):
        """Returns whether the command is executed all the same, and the answer if not."""
        if rule.action == "sense":
            return False, (scsi.CHECK, scsi.sense(*rule.argument), b"")
        if rule.action == "status":
            return False, (rule.argument, b"", b"")
        if rule.action == "swallow":
            await asyncio.Event().wait()
        if rule.action == "close":
            asyncio.get_running_loop().call_soon(connection.close)
            return False, None
        if rule.action == "delay":
            await asyncio.sleep(rule.argument / 1000)
        return True, None

    def report_luns(self, _):
        luns = b"".join(n.to_bytes(2, "big") + bytes(6) for n in sorted(self.luns))
        for waiting in self.attentions.values():
            waiting[:] = [code for code in waiting if code != (0x3F, 0x0E)]
        return scsi.good(len(luns).to_bytes(4, "big") + bytes(4) + luns)

    @staticmethod
    def no_lun(cdb):
        if cdb[0] == 0x12 and not cdb[1] & 1:
            return scsi.good(bytes([0x7F, 0, 6, 2, 31]) + bytes(31))
        return scsi.NO_UNIT

    def attend(self, number, asc, ascq):
        for connection in self.connections:
            self.attentions.setdefault((connection.isid, number), []).append((asc, ascq))


class Target:
    def __init__(self, portals, units, blocks):
        self.units = {n: scsi.Unit(n, blocks) for n in range(units)}
        self.portals = {n: Portal(self, n) for n in range(1, portals + 1)}

    def groups(self):
        groups = {}
        for portal in self.portals.values():
            groups.setdefault(portal.group, []).append(portal)
        return groups

    def chosen(self, word):
        return list(self.portals.values()) if word == "*" else [self.portals[int(word)]]

    # Orders: the first word of a line names one.

    def order_rule(self, portal, lun, opcode, action, argument="", times="-1"):
        """LUN and opcode may be *; argument: K/ASC/ASCQ, a status, or ms."""
        value = {
            "sense": lambda: tuple(int(x, 16) for x in argument.split("/")),
            "status": lambda: int(argument, 16),
            "delay": lambda: int(argument),
            "swallow": lambda: None, "close": lambda: None,
        }[action]()
        key = (None if lun == "*" else int(lun), None if opcode == "*" else int(opcode, 16))
        for port in self.chosen(portal):
            port.rules[key] = Rule(action, value, int(times))

    def order_obey(self, portal="*"):
        for port in self.chosen(portal):
            port.rules.clear()

    def order_alua(self, portal, state):
        for port in self.chosen(portal):
            scsi.ALUA[state]
            port.alua = state

    def order_attention(self, portal, lun, asc, ascq):
        for port in self.chosen(portal):
            port.attend(int(lun), int(asc, 16), int(ascq, 16))

    def order_map(self, portal, lun, unit):
        """Another unit behind a LUN, or none."""
        for port in self.chosen(portal):
            port.luns.pop(int(lun), None)
            if unit != "none":
                port.luns[int(lun)] = scsi.Lun(port, self.units[int(unit)])

    def order_set(self, portal, lun, name, value):
        """What one portal says of a LUN."""
        parse = {"page83": bytes.fromhex, "qualifier": int, "blocks": int, "tpgs": int,
                 "protected": lambda v: bool(int(v)), "cache": lambda v: bool(int(v))}[name]
        for port in self.chosen(portal):
            setattr(port.luns[int(lun)], name, None if value == "none" else parse(value))

    def order_unit(self, unit, name, value):
        """What is so of a unit, whatever portal is asked."""
        if name == "blocks":
            self.units[int(unit)].resize(int(value))
        elif name in ("protected", "cache"):
            setattr(self.units[int(unit)], name, bool(int(value)))
        else:
            raise KeyError(name)

    def order_tell(self, portal, value):
        """Is a session that logs in anew told of the loss of the old one?"""
        for port in self.chosen(portal):
            port.tells = bool(int(value))

    def order_logins(self, portal):
        return sum(port.logins for port in self.chosen(portal))

    def order_close(self, portal):
        for port in self.chosen(portal):
            for connection in list(port.connections):
                connection.close()

    def order_count(self, portal, lun, opcode):
        return sum(count for port in self.chosen(portal) for key, count in port.counts.items()
                   if lun in ("*", str(key[0])) and opcode in ("*", f"{key[1]:02x}"))

    def order_peek(self, unit, offset, length):
        start = int(offset)
        return self.units[int(unit)].data[start:start + int(length)].hex()

    def obey(self, line):
        words = line.split()
        try:
            answer = getattr(self, "order_" + words[0])(*words[1:])
        except Exception as error:  # told to who gave the order, who ends the test
            return f"error: {line}: {error!r}"
        return "ok" if answer is None else str(answer)


async def main(directory, portals, units, blocks):
    target = Target(int(portals), int(units), int(blocks))
    for portal in target.portals.values():
        await portal.listen()
    orders = os.open(f"{directory}/orders", os.O_RDWR | os.O_NONBLOCK)
    answers = os.open(f"{directory}/answers", os.O_RDWR)
    os.write(answers, b"ok\n")
    rest = b""
    ready = asyncio.Event()
    asyncio.get_running_loop().add_reader(orders, ready.set)
    while True:
        await ready.wait()
        ready.clear()
        try:
            rest += os.read(orders, 65536)
        except BlockingIOError:
            continue
        *lines, rest = rest.split(b"\n")
        for line in lines:
            os.write(answers, target.obey(line.decode()).encode() + b"\n")


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
