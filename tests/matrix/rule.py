#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-2.0
"""What whoever uses a unit may see of a fault, written once for all cells.

rule.py FAULT PATHS DEAD BEFELL LASTED: reads worker.py's lines and prints one line for
each cell: FAULT PATHS DEAD KIND ok|BROKEN and what was seen. The fault is that of
path 1, or of the unit as a whole. BEFELL ms after it began it has befallen; it lasts
FAULT_MS from then on, LASTED ms in all, and then ends. DEAD paths were lost before
and stay so.
"""
import sys

FAULT_MS = 3000

# How long the first I/O of a fault may take while another path is there, in ms from
# when it has befallen: what a time-out or a timer of the transport needs until
# somebody knows, and room for an emulated machine.
NOTICE_MS = {
    "portal-reset": 3000, "portal-drop": 9000, "logout": 3000, "eh-offline": 5000,
    "device-delete": 3000, "alua-standby": 3000, "alua-unavailable": 3000,
    "alua-transitioning": FAULT_MS + 3000, "lun-unmapped": 5000, "lun-remapped": 5000,
    "grown": 3000, "shrunk": 3000, "read-only": 3000,
}
# How long until a path that is alone is used again once the fault is over.
RETURN_MS = 15000

# A path that is alone cannot carry reads and writes meanwhile: if these did not
# wait, nothing was wrong with it, and the cell says nothing.
STOPS = ("portal-reset", "portal-drop", "logout", "eh-offline", "device-delete",
         "alua-standby", "alua-unavailable", "alua-transitioning")
STOPPED_MS = FAULT_MS - 500

# Faults of the unit: every path has them.
OF_UNIT = ("grown", "shrunk", "read-only")
# A path of such a LUN says itself that no unit is there, or another.
SAYS_GONE = ("lun-unmapped", "lun-remapped")


def may_fail(fault, alone, dead, kind, names):
    """Is an error the truth, and so what the caller has to be told?"""
    if fault == "read-only":
        return kind in ("write", "discard")
    # Who sends a SCSI command sets its time-out, and is told: it may have been done.
    if fault == "eh-offline" and kind == "sg":
        return names == {"host:03"}
    # Every path that there is says so. One that is silent might still lead there.
    return fault in SAYS_GONE and alone and not dead


def longest_allowed(fault, alone, befell, lasted):
    limit = befell + NOTICE_MS[fault]
    if alone and fault not in OF_UNIT:
        limit += lasted + RETURN_MS
    return limit


def was_felt(fault, alone, kind, longest):
    if fault in STOPS and alone and kind in ("read", "write"):
        return longest >= STOPPED_MS
    return True


def judge(fault, paths, dead, kind, done, errors, names, longest, wrong, befell,
          lasted):
    alone = paths - dead == 1
    if wrong:
        return f"{wrong} wrong blocks"
    if "stuck" in names:
        return "did not end"
    if errors and not may_fail(fault, alone, dead, kind, names):
        return f"{errors} errors"
    allowed = longest_allowed(fault, alone, befell, lasted)
    if longest > allowed:
        return f"{longest} ms, allowed {allowed}"
    if not done:
        return "nothing done"
    if not was_felt(fault, alone, kind, longest):
        return f"{longest} ms: the fault did not stop it"
    return None


def main(fault, paths, dead, befell, lasted):
    for line in sys.stdin:
        kind, done, errors, names, longest, wrong = line.split()
        broken = judge(fault, int(paths), int(dead), kind, int(done), int(errors),
                       set(names.split("+")), int(longest), int(wrong), int(befell), int(lasted))
        seen = f"{done} done, {errors} errors ({names}), longest {longest} ms"
        print(fault, paths, dead, kind, "BROKEN" if broken else "ok",
              f"{broken}; {seen}" if broken else seen)


main(*sys.argv[1:])
