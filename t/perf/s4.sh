. t/perf/commit.sh
commit S4 $(small 10000) 0.7
