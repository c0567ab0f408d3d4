#!/bin/bash
# keep.sh [TARGET...]: takes into the project the smallest inputs that together reach what every input known here reaches.
# What has a name of its own was written by hand and stays; what the fuzzer found is called by its hash and is replaced.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
source Tests/Fuzz/targets.sh

most=250
for target in "${@:-${targets[@]}}"; do
    for name in $target; do
        prepare "$name"
        corpus=Tests/Fuzz/Corpus/$name
        merged=.build-fuzz/merged/$name
        rm -rf "$merged"
        mkdir -p "$merged"
        .build-fuzz/"$name" "${options[@]}" -max_len=3072 -merge=1 "$merged" "$corpus" Tests/Fuzz/Crashes/"$name" \
            .build-fuzz/corpus/"$name" >.build-fuzz/"$name".merge.log 2>&1
        find "$corpus" -type f -regextype posix-extended -regex '.*/[0-9a-f]{40}' -delete
        find "$merged" -type f -printf '%s %p\n' | sort -n | sed -n "1,${most}p" | cut -d ' ' -f 2 |
            while read -r file; do
                # What was written by hand comes out of a merge by its hash too.
                find "$corpus" -type f -exec cmp -s "$file" {} \; -print -quit | grep -q . || cp "$file" "$corpus/"
            done
        echo "$name: $(find "$corpus" -type f | wc -l) inputs, $(du -sb --apparent-size "$corpus" | cut -f 1) bytes"
    done
done
