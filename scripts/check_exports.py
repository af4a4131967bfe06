#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""Is every exported symbol described?

check_exports.py UPSTREAM.md FILE...

Each symbol that a file exports, and each inline function of a header, needs a
kernel-doc comment in one of the files, with Context and, unless it returns
nothing, Return; an object needs a DOC comment that names it. What lies in the
library also needs its name in UPSTREAM.md. Prints what lacks.
"""
import re
import sys

DOC = re.compile(r"/\*\*\n \* (?:DOC: )?(\w+)(\(\))? - (.*?)\*/\n(.*?)[\n;{]", re.S)
EXPORT = re.compile(r"^EXPORT_SYMBOL(?:_GPL)?\((\w+)\)", re.M)
INLINE = re.compile(r"^static inline [^;{]*?\b(\w+)\(", re.M)


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def returns_nothing(declaration):
    return re.match(r"(static inline )?void\s+[^*]", declaration) is not None


def faults(name, docs, upstream):
    """What is wrong with the description of a symbol."""
    if name not in docs:
        yield "no kernel-doc"
    else:
        is_function, text, declaration = docs[name]
        if "\n * Context:" not in text:
            yield "kernel-doc has no Context"
        if is_function and not returns_nothing(declaration) and "\n * Return:" not in text:
            yield "kernel-doc has no Return"
    if upstream is not None and not re.search(rf"`{name}\b", upstream):
        yield "no row in Documentation/upstream.md"


def main():
    upstream = read(sys.argv[1])
    sources = {path: read(path) for path in sys.argv[2:]}
    docs = {}
    names = []
    for path, text in sources.items():
        for match in DOC.finditer(text):
            docs[match[1]] = (match[2], match[3], match[4])
        names += [(path, name) for name in EXPORT.findall(text)]
        if path.startswith("include/linux/"):
            names += [(path, name) for name in INLINE.findall(text)]
    if not names:
        raise SystemExit("no exported symbol found")
    bad = 0
    for path, name in names:
        in_library = path.startswith(("lib/", "include/"))
        for fault in faults(name, docs, upstream if in_library else None):
            print(f"{path}: {name}: {fault}")
            bad += 1
    return 1 if bad else 0


sys.exit(main())
