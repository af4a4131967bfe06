#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""seeds.py FROM TO: make files of what is written down as hex digits.

FROM/NAME.hex becomes TO/NAME. A # and what follows it on the line is a
comment; text in quotes stands for its ASCII codes.
"""
import pathlib
import re
import sys

TOKEN = re.compile(r'#.*|"([^"]*)"|([0-9a-fA-F]{2})|(\s+)|(.)')


def unhex(text):
    data = bytearray()
    for token in TOKEN.finditer(text):
        string, digits, _, wrong = token.groups()
        if wrong is not None:
            raise ValueError(f"not hex: {wrong}")
        if string is not None:
            data += string.encode("ascii")
        if digits is not None:
            data.append(int(digits, 16))
    return bytes(data)


def main():
    source, target = map(pathlib.Path, sys.argv[1:])
    target.mkdir(parents=True, exist_ok=True)
    for path in source.glob("*.hex"):
        (target / path.stem).write_bytes(unhex(path.read_text()))


main()
