#!/bin/bash
# A season of the sample network: the daemon itself, in a home that is gone afterwards, with a clock that jumps from one
# turn to the next. `make demo` runs it; PROGRAM is a built kith.
set -euo pipefail
program=$(realpath "$1")
KITH_SAMPLE=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
export KITH_SAMPLE

home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
export HOME=$home XDG_CONFIG_HOME=$home/.config XDG_DATA_HOME=$home/.local/share XDG_STATE_HOME=$home/.local/state
mkdir -p "$XDG_CONFIG_HOME/kith"
cp "$KITH_SAMPLE/config.yaml" "$XDG_CONFIG_HOME/kith/"
# A bubble too, where there is somebody to show it.
if [[ -n ${DBUS_SESSION_BUS_ADDRESS-} ]] &&
    busctl --user status org.freedesktop.Notifications >/dev/null 2>&1; then
    sed -i 's/^channels:$/channels:\n  - desktop: {}/' "$XDG_CONFIG_HOME/kith/config.yaml"
fi

say() { printf '\n%s\n' "$*"; }
# shown NOW COMMAND...: a command as one would type it at that time, and what it prints.
shown() {
    local now=$1
    shift
    printf '\n$ kith %s --now "%s"\n' "$*" "$now"
    "$program" "$@" --now "$now" || true
}

say 'Ada Example keeps sponsors (every 6 weeks), a team (3 weeks) and friends (2 months). It is Monday 5 January 2026.'
"$program" daemon --clock '2026-01-05 08:00' --until 2026-01-27

say 'Ana Ruiz is due. What an answer changes: before, the answer, after.'
shown '2026-01-27 14:15' explain ana
shown '2026-01-27 14:16' 'done' ana
shown '2026-01-27 14:16' explain ana

say 'The rest of the season.'
"$program" daemon --clock '2026-01-27 14:20' --until 2026-04-01

say 'To try next, on the same network (it takes no answers and writes nothing):'
cat <<END
  export KITH_SAMPLE=$KITH_SAMPLE
  $program people --config $KITH_SAMPLE/config.yaml --now 2026-01-27
  $program explain priya --config $KITH_SAMPLE/config.yaml --now '2026-01-27 14:10'
  $program simulate --config $KITH_SAMPLE/config.yaml --from 2026-01-05 --weeks 13 --answer met
And with your own calendars: make install, then kith init
END
