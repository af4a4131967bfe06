# SPDX-License-Identifier: GPL-2.0
#
# dir: where plot.sh left its data; end: the last second; svg: the picture

set terminal svg size 1200,640 font "sans,12" background "white"
set output svg
set multiplot
set lmargin 12
set rmargin 3
set xrange [0:end]
set grid ytics lc rgb "#dddddd"
set style fill solid 0.85 noborder
load dir."/faults.gp"

set size 1, 0.61
set origin 0, 0.38
set title "A LUN behind four iSCSI portals: who carries the I/O" offset 0, 0.8
set ylabel "I/Os per second"
set yrange [0:*]
set key outside below horizontal samplen 2
rates = dir."/rates.dat"
plot rates using 1:(0):2 with filledcurves lc rgb "#1f5a99" title "portal 1 (optimized)", \
     rates using 1:2:3 with filledcurves lc rgb "#6aa9dd" title "portal 2 (optimized)", \
     rates using 1:3:4 with filledcurves lc rgb "#c7731a" title "portal 3 (non-optimized)", \
     rates using 1:4:5 with filledcurves lc rgb "#edb872" title "portal 4 (non-optimized)"

unset label
unset title
set size 1, 0.38
set origin 0, 0
set ylabel "longest gap (ms)"
set xlabel "seconds"
set logscale y
set yrange [1:*]
unset key
plot dir."/gaps.dat" using 1:2 with impulses lc rgb "#333333"
unset multiplot
