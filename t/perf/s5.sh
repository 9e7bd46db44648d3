. t/perf/commit.sh
commit S5 $(test -z "$quick" && echo 100 || echo 20) 1.0
commit S5 $(small 100000) 0.7
