#!/bin/bash
# run.sh SECONDS [TARGET...]: lets libFuzzer look for inputs that break the targets, all of them where none is named, for so
# long each. New inputs that reach further are kept below .build-fuzz/corpus (keep.sh takes the best of them into the
# project); an input that breaks a target is kept where the unit tests replay it.
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source Tests/Fuzz/targets.sh

seconds=$1
shift
failed=0
for target in "${@:-${targets[@]}}"; do
    for name in $target; do
        prepare "$name"
        log=.build-fuzz/$name.log
        .build-fuzz/"$name" "${options[@]}" -dict="$(dictionary "$name")" -max_total_time="$seconds" \
            -print_final_stats=1 -artifact_prefix="Tests/Fuzz/Crashes/$name/" \
            .build-fuzz/corpus/"$name" Tests/Fuzz/Corpus/"$name" Tests/Fuzz/Crashes/"$name" >"$log" 2>&1
        status=$?
        if [ $status -ne 0 ]; then
            failed=1
            grep -vE '^#[0-9]+\s|^(INFO|NOTE|Dictionary):?' "$log" | tail -n 60
            kept=$(grep -oE "Test unit written to .*" "$log" | tail -n 1)
            echo "fuzz $name: FAILED ($status); the log is $log"
            [ -z "$kept" ] || echo "the input is kept; replay: SWIFT_BACKTRACE=enable=no .build-fuzz/$name ${kept##* }"
        else
            reached=$(grep -oE 'cov: [0-9]+ ft: [0-9]+ corp: [0-9]+' "$log" | tail -n 1)
            runs=$(sed -nE 's/^stat::number_of_executed_units: +//p' "$log")
            speed=$(sed -nE 's/^stat::average_exec_per_sec: +//p' "$log")
            echo "fuzz $name: $runs runs, $speed a second; $reached"
        fi
    done
done
exit $failed
