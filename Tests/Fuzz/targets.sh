# What run.sh and keep.sh share; read from the root of the checkout.

# As the catalogue has them.
mapfile -t targets < <(sed -nE 's/.*FuzzTarget\(name: "([a-z]+)".*/\1/p' Tests/Fuzz/Targets/FuzzTarget.swift)

# libFuzzer reports a trap itself; the runtime's own report would wait for a debugger's answer.
export SWIFT_BACKTRACE=enable=no
# Every value is counted by references; what looks lost between two runs is the runtime's.
export ASAN_OPTIONS=detect_leaks=0:abort_on_error=0
ASAN_SYMBOLIZER_PATH=$(dirname "$(readlink -f "$(command -v swiftc)")")/llvm-symbolizer
export ASAN_SYMBOLIZER_PATH

# An input of 64 kB is a calendar of some hundred events; none may take ten seconds or two gigabytes.
options=(-timeout=10 -rss_limit_mb=2048 -max_len=65536 -verbosity=1)

# prepare TARGET: makes its folders, and the program by its name.
prepare() {
    [[ " ${targets[*]} " == *" $1 "* ]] || { echo "no target $1; there are: ${targets[*]}" >&2; exit 2; }
    mkdir -p .build-fuzz/corpus/"$1" Tests/Fuzz/Crashes/"$1" Tests/Fuzz/Corpus/"$1"
    ln -sf fuzz .build-fuzz/"$1"
}

# dictionary TARGET: the words its inputs are made of.
dictionary() {
    case $1 in
        card | dates) echo Tests/Fuzz/Dictionaries/card.dict ;;
        rule) echo Tests/Fuzz/Dictionaries/rule.dict ;;
        tzif) echo Tests/Fuzz/Dictionaries/tzif.dict ;;
        *) echo Tests/Fuzz/Dictionaries/calendar.dict ;;
    esac
}
