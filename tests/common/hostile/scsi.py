# SPDX-License-Identifier: GPL-2.0
"""Units, and what they answer when nobody has told them to lie."""
import struct

GOOD, CHECK, BUSY, CONFLICT, TASK_SET_FULL = 0x00, 0x02, 0x08, 0x18, 0x28
BLOCK = 512
ALUA = {"active/optimized": 0, "active/non-optimized": 1, "standby": 2,
        "unavailable": 3, "lba-dependent": 4, "offline": 14, "transitioning": 15}


def sense(key, asc, ascq):
    """Fixed format."""
    return bytes([0x70, 0, key, 0, 0, 0, 0, 10, 0, 0, 0, 0, asc, ascq, 0, 0, 0, 0])


INVALID_OPCODE = (CHECK, sense(5, 0x20, 0), b"")
INVALID_FIELD = (CHECK, sense(5, 0x24, 0), b"")
NO_UNIT = (CHECK, sense(5, 0x25, 0), b"")
OUT_OF_RANGE = (CHECK, sense(5, 0x21, 0), b"")
WRITE_PROTECTED = (CHECK, sense(7, 0x27, 0), b"")


def good(data=b""):
    return GOOD, b"", data


def designator(kind, association, data, code_set=1):
    return bytes([code_set, association << 4 | kind, 0, len(data)]) + data


def vpd(page, data, first=0):
    return bytes([first, page]) + struct.pack(">H", len(data)) + data


class Unit:
    """Storage, of a size that may change, and how often each command came."""

    def __init__(self, number, blocks):
        self.number = number
        self.data = bytearray(blocks * BLOCK)
        self.blocks = blocks
        self.protected = False
        self.cache = False

    def resize(self, blocks):
        missing = blocks * BLOCK - len(self.data)
        if missing > 0:
            self.data += bytes(missing)
        self.blocks = blocks

    def naa(self):
        """An OUI and nothing but zeros would name nothing."""
        return bytes.fromhex(f"6001405{self.number + 1:09x}{0:016x}")


class Lun:
    """What one portal shows behind one LUN: a unit, seen through a port."""

    def __init__(self, portal, unit):
        self.portal, self.unit = portal, unit
        self.page83 = None
        self.qualifier = 0
        self.blocks = None
        self.protected = None
        self.cache = None
        self.tpgs = 1

    def size(self):
        return self.unit.blocks if self.blocks is None else self.blocks

    def is_protected(self):
        return self.unit.protected if self.protected is None else self.protected

    def has_cache(self):
        return self.unit.cache if self.cache is None else self.cache

    # INQUIRY (SPC-4 6.4) and its pages

    def inquiry(self, cdb, _):
        if not cdb[1] & 1:
            return good(self.standard())
        page = {0x00: self.page_list, 0x80: self.page_serial, 0x83: self.page_ids,
                0xB0: self.page_limits, 0xB2: self.page_provisioning}.get(cdb[2])
        return good(page()[:struct.unpack_from(">H", cdb, 3)[0]]) if page else INVALID_FIELD

    def standard(self):
        return (bytes([self.qualifier << 5, 0, 6, 2, 31 + 5, self.tpgs << 4, 0, 2]) +
                b"HOSTILE " + b"TARGET          " + b"1   " + bytes(5))

    def page_list(self):
        return vpd(0, bytes([0x00, 0x80, 0x83, 0xB0, 0xB2]))

    def page_serial(self):
        return vpd(0x80, f"{self.unit.number:08x}".encode())

    def page_ids(self):
        if self.page83 is not None:
            return self.page83
        return vpd(0x83, designator(3, 0, self.unit.naa()) +
                   designator(4, 1, struct.pack(">HH", 0, self.portal.number)) +
                   designator(5, 1, struct.pack(">HH", 0, self.portal.group)),
                   self.qualifier << 5)

    def page_limits(self):
        return vpd(0xB0, bytes(4) + struct.pack(">II", 8192, 0) + struct.pack(">II", 0, 8192) +
                   struct.pack(">II", 1, 1) + bytes(36))

    def page_provisioning(self):
        return vpd(0xB2, bytes([0, 0x80 | 0x40, 2, 0]))

    # What sd asks for

    def capacity10(self, *_):
        return good(struct.pack(">II", min(self.size() - 1, 0xFFFFFFFF), BLOCK))

    def service_in(self, cdb, _):
        if cdb[1] & 0x1F != 0x10:
            return INVALID_FIELD
        return good(struct.pack(">QIBBH", self.size() - 1, BLOCK, 0, 0, 0x8000) + bytes(16))

    def mode_sense(self, cdb, _):
        page, long = cdb[2] & 0x3F, cdb[0] == 0x5A
        data = b""
        if page in (0x08, 0x3F):
            data += bytes([0x08, 18, 0x04 if self.has_cache() else 0]) + bytes(17)
        if page in (0x0A, 0x3F):
            data += bytes([0x0A, 10]) + bytes(10)
        if not data:
            return INVALID_FIELD
        flags = 0x80 if self.is_protected() else 0
        if long:
            return good(struct.pack(">HBBHH", len(data) + 6, 0, flags, 0, 0) + data)
        return good(bytes([len(data) + 3, 0, flags, 0]) + data)

    def ready(self, *_):
        return good()

    def request_sense(self, *_):
        return good(sense(0, 0, 0))

    # Data

    @staticmethod
    def extent(cdb):
        if cdb[0] & 0xE0 == 0x80:
            return struct.unpack_from(">QI", cdb, 2)
        if cdb[0] & 0xE0 == 0x20:
            return struct.unpack_from(">I", cdb, 2)[0], struct.unpack_from(">H", cdb, 7)[0]
        return int.from_bytes(cdb[1:4], "big") & 0x1FFFFF, cdb[4] or 256

    def read(self, cdb, _):
        lba, blocks = self.extent(cdb)
        if lba + blocks > self.size():
            return OUT_OF_RANGE
        return good(bytes(self.unit.data[lba * BLOCK:(lba + blocks) * BLOCK]))

    def write(self, cdb, data):
        lba, blocks = self.extent(cdb)
        if self.is_protected():
            return WRITE_PROTECTED
        if lba + blocks > self.size():
            return OUT_OF_RANGE
        self.unit.data[lba * BLOCK:(lba + blocks) * BLOCK] = data
        return good()

    def write_same(self, cdb, _):
        lba, blocks = struct.unpack_from(">QI", cdb, 2)
        return self.zero(lba, blocks)

    def unmap(self, _, data):
        for offset in range(8, len(data) - 15, 16):
            answer = self.zero(*struct.unpack_from(">QI", data, offset))
            if answer[0]:
                return answer
        return good()

    def zero(self, lba, blocks):
        if self.is_protected():
            return WRITE_PROTECTED
        if lba + blocks > self.size():
            return OUT_OF_RANGE
        self.unit.data[lba * BLOCK:(lba + blocks) * BLOCK] = bytes(blocks * BLOCK)
        return good()

    def flush(self, *_):
        return good()

    # Target port groups (SPC-4 6.27)

    def report_groups(self, cdb, _):
        if cdb[1] & 0x1F != 0x0A:
            return INVALID_FIELD
        groups = b""
        for group, ports in sorted(self.portal.target.groups().items()):
            groups += bytes([ALUA[ports[0].alua], 0x9F]) + struct.pack(">HBBBB", group, 0, 0, 0, len(ports))
            for port in ports:
                groups += struct.pack(">HH", 0, port.number)
        head = bytes([0x10, 0, 0, 0]) if cdb[1] & 0xE0 else b""
        return good(struct.pack(">I", len(head) + len(groups)) + head + groups)

    def set_groups(self, cdb, data):
        if cdb[1] & 0x1F != 0x0A or not self.tpgs & 2:
            return INVALID_OPCODE
        names = {code: name for name, code in ALUA.items()}
        for offset in range(4, len(data) - 3, 4):
            state, group = data[offset] & 0x0F, struct.unpack_from(">H", data, offset + 2)[0]
            for port in self.portal.target.groups().get(group, []):
                port.alua = names[state]
        return good()

    COMMANDS = {
        0x00: "ready", 0x03: "request_sense", 0x12: "inquiry", 0x25: "capacity10",
        0x9E: "service_in", 0x1A: "mode_sense", 0x5A: "mode_sense",
        0x08: "read", 0x28: "read", 0x88: "read", 0x0A: "write", 0x2A: "write", 0x8A: "write",
        0x93: "write_same", 0x42: "unmap", 0x35: "flush", 0x91: "flush",
        0xA3: "report_groups", 0xA4: "set_groups",
    }
    # Answered whatever the state of the port (SPC-4 5.9.2.4)
    ALWAYS = (0x03, 0x12, 0xA3, 0xA4, 0xA0)

    def port_refuses(self, opcode):
        code = {"standby": 0x0B, "unavailable": 0x0C, "transitioning": 0x0A,
                "offline": 0x12}.get(self.portal.alua)
        if code is None or opcode in self.ALWAYS:
            return None
        return CHECK, sense(2, 0x04, code), b""

    def execute(self, cdb, data):
        refusal = self.port_refuses(cdb[0])
        if refusal:
            return refusal
        name = self.COMMANDS.get(cdb[0])
        return getattr(self, name)(cdb, data) if name else INVALID_OPCODE
