#!/bin/bash
# SPDX-License-Identifier: GPL-2.0
. "$TESTS/common/rc"
. "$TESTS/common/ctl.sh"
DESC="mpathctl stats: OpenMetrics that Prometheus' own parsers read, old form and new; a file is replaced or stays"
HOST=1

run()
{
	tree_use iscsi nvme fc-sas
	printf 'say "hi" \\ bye' >"$(realpath "$SYSROOT/sys/block/sda/device/model")"
	expect_status 0 stats
	samples openmetrics.parser
	has 'mpath_unit_state{"unit": "mpathb", "state": "degraded"} 1'
	has 'mpath_unit_size_bytes{"unit": "mpathb"} 1073741824'
	has 'mpath_unit_no_path_timeout{"unit": "mpathb"} -1'
	has 'mpath_unit_requeued_total{"unit": "mpathb"} 7'
	has 'mpath_path_errors_total{"unit": "mpathb", "path": "sdr"} 12'
	has 'mpath_path_reason{"unit": "mpathb", "path": "sdr", "reason": "sense data 0b/47/03"} 1'
	has 'mpath_unit_info{"unit": "mpatha", "vendor": "LIO-ORG", "model": "say \"hi\" \\ bye", "id": "naa.60014050000000100000000000000000"} 1'
	has 'mpath_path_info{"unit": "nvme0n1", "path": "nvme0c1n1", "hctl": "nvme1", "address": "127.0.2.1:4420"} 1'
	mv "$TMP/samples" "$TMP/new"
	samples parser
	expect_eq "$(diff "$TMP/new" "$TMP/samples")" "" "what the older parser reads differently"
	# What a broken tree has in place of a number is left out.
	tree_put block/sdr/mpath/errors '12 }'
	expect_status 0 stats
	samples openmetrics.parser
	expect_eq "$(grep -c '^mpath_path_errors_total.*sdr' "$TMP/samples")" 0 "samples of a wrong number"

	expect_status 0 stats "$TMP/mpath.prom"
	expect_eq "$(cat "$TMP/mpath.prom")" "$(ctl stats)" "the file"
	expect_eq "$(stat -c %a "$TMP/mpath.prom")" 644 "its mode"
	mkdir "$TMP/busy"
	expect_refused 1 "$TMP/busy: cannot be written" stats "$TMP/busy"
	expect_refused 1 "$TMP/none/x: cannot be written" stats "$TMP/none/x"
	expect_refused 2 "which one file" stats a b
	expect_eq "$(cd "$TMP" && echo *.prom* busy*)" "mpath.prom busy" "files that are left"
	tree_use
	expect_status 0 stats
	expect_eq "$OUTPUT" "# EOF" "stats of nothing"
}

# samples PARSER: what it reads of the output, a line each, "NAME{LABELS} VALUE"
samples()
{
	/usr/bin/python3 - "$1" <"$TMP/output" 3<&0 >"$TMP/samples" 2>"$TMP/python" <<-'PYTHON' || fail "$1: $(tail -n 1 "$TMP/python")"
	import importlib, json, os, sys
	parser = importlib.import_module("prometheus_client." + sys.argv[1])
	for family in parser.text_string_to_metric_families(os.fdopen(3).read()):
	    for s in family.samples:
	        print(s.name + json.dumps(s.labels) + " %d" % s.value)
	PYTHON
}

has() { grep -qxFe "$1" "$TMP/samples" || fail "no sample: $1"; }
