#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""table.py KERNEL BASE: the cells, from standard input, as BASE.txt and BASE.html.

Prints those that are not ok, and as its last line how many passed and failed.
"""
import html
import sys


def read():
    cells = {}
    for line in sys.stdin:
        fault, paths, dead, kind, result, seen = line.rstrip("\n").split(" ", 5)
        cells.setdefault((fault, paths, dead), {})[kind] = (result, seen)
    return cells


def row_name(key):
    fault, paths, dead = key
    return f"{fault}, {paths} path{'s' if paths != '1' else ''}" + (", 1 dead before" if dead != "0" else "")


def text(cells, kinds):
    lines = [f"{'':44}" + "".join(f"{kind:10}" for kind in kinds)]
    for key, row in cells.items():
        lines.append(f"{row_name(key):44}" + "".join(f"{row[kind][0]:10}" for kind in kinds))
    return "\n".join(lines) + "\n"


STYLE = """body { font: 14px sans-serif } td, th { padding: 2px 8px; text-align: left }
.ok { background: #cfe8cf } .BROKEN { background: #f0b0b0 } .LOST { background: #ffd890 }"""


def page(kernel, cells, kinds):
    rows = ""
    for key, row in cells.items():
        rows += f"<tr><th>{html.escape(row_name(key))}</th>"
        for kind in kinds:
            result, seen = row[kind]
            rows += f'<td class="{result}" title="{html.escape(seen)}">{html.escape(seen)}</td>'
        rows += "</tr>\n"
    head = "".join(f"<th>{kind}</th>" for kind in kinds)
    return (f"<!DOCTYPE html>\n<title>Faults and I/O, Linux {kernel}</title>\n<style>{STYLE}</style>\n"
            f"<h1>Faults and I/O, Linux {kernel}</h1>\n<table><tr><th></th>{head}</tr>\n{rows}</table>\n")


def main(kernel, base):
    cells = read()
    kinds = list(next(iter(cells.values())))
    with open(base + ".txt", "w", encoding="ascii") as file:
        file.write(text(cells, kinds))
    with open(base + ".html", "w", encoding="ascii") as file:
        file.write(page(kernel, cells, kinds))
    failed = [(key, kind, *row[kind]) for key, row in cells.items() for kind in kinds
              if row[kind][0] != "ok"]
    for key, kind, result, seen in failed:
        print(f"{result} {row_name(key)}, {kind}: {seen}")
    total = sum(len(row) for row in cells.values())
    print(f"{total - len(failed)} passed, {len(failed)} failed, 0 skipped")
    return 1 if failed else 0


sys.exit(main(*sys.argv[1:]))
