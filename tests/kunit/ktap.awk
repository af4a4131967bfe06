# SPDX-License-Identifier: GPL-2.0
#
# Read what a kernel printed while it ran its suites. To the file `out` goes
# "pass|fail|skip SUITE.CASE 0" for each case and "lost SUITE 0" where something
# has no result; to stdout what was said of the cases that failed.
#
# Cases are indented by four spaces, their parameters by eight. Other lines may
# come in between, whatever the kernel has to say.

function result(verdict, name)
{
	print verdict, name, 0 >>out
	seen++
}

{ sub(/\r$/, "") }

/^1\.\.[0-9]+$/ { planned = substr($0, 4) + 0 }

/^    # Subtest: / {
	suite = $3
	said = ""
	cases = todo = 0
	next
}

/^    1\.\.[0-9]+$/ { todo = substr($0, 8) + 0; next }

/^    (not )?ok [0-9]+ / {
	name = suite "." ($1 == "ok" ? $3 : $4)
	verdict = $1 != "ok" ? "fail" : / # SKIP/ ? "skip" : "pass"
	result(verdict, name)
	if (verdict == "fail")
		printf "kunit/%s\n%s", name, said
	said = ""
	cases++
	next
}

# The suite's own verdict: bad without a bad case when its start or end failed.
/^(not )?ok [0-9]+ / {
	if ($1 != "ok" && cases == 0)
		result("fail", suite)
	else if (cases < todo)
		result("lost", suite)
	suite = ""
	done++
	next
}

# A kernel that says one of these is broken, whatever the cases think.
/BUG: |WARNING: |INFO: |suspicious RCU|Kernel panic|BUG at / {
	result("fail", (suite ? suite : "kernel") ".log")
	print "kunit/" (suite ? suite : "kernel") ": " $0
}

# A case that goes wild says the same over and over.
suite && length(said) < 4000 && !/^ *ok |KTAP version|# Subtest|# module/ {
	said = said "      " $0 "\n"
}

# No plan at all: the kernel never came so far. A plan of nothing is for the
# caller to judge: perhaps nothing was asked for.
END {
	if (suite)
		result("lost", suite)
	else if (planned == "" || done < planned)
		result("lost", "kernel")
}
