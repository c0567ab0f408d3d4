#!/bin/bash
# A season of the sample network: the daemon itself, in a home that is gone afterwards, with a clock that jumps from one
# turn to the next. `make demo` runs it; its argument is a built kith.
set -euo pipefail
program=$(realpath "$1")
sample=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
here=$(pwd)

home=$(mktemp -d)
trap 'rm -rf "$home"' EXIT
mkdir -p "$home/.config/kith"
cp -r "$sample"/{config.yaml,calendars,contacts} "$home/.config/kith/"

# kith COMMAND...: in that home, whatever the user's own is.
kith() {
    env -u XDG_CONFIG_HOME -u XDG_DATA_HOME -u XDG_STATE_HOME HOME="$home" "$program" "$@"
}
say() { printf '\n%s\n' "$*"; }
# shown NOW COMMAND...: a command as one would type it at that time, and what it prints.
shown() {
    local now=$1
    shift
    printf '\n$ kith %s --now "%s"\n' "$*" "$now"
    kith "$@" --now "$now" || true
}

say 'Ada Example keeps sponsors (every 6 weeks), a team (3 weeks) and friends (2 months). It is Monday 5 January 2026.'
say 'What kith says, when, why then, and until when there is time:'
echo
kith daemon --clock '2026-01-05 08:00' --until '2026-01-27 14:16'

say 'Ana Ruiz was named on 20 January and got no answer. What an answer changes: before, the answer, after.'
shown '2026-01-27 14:16' explain ana
shown '2026-01-27 14:16' 'done' ana
shown '2026-01-27 14:16' explain ana

say 'The rest of the season.'
echo
kith daemon --clock '2026-01-27 14:20' --until 2026-04-01

# One bubble, where there is somebody to show it.
if [[ -n ${DBUS_SESSION_BUS_ADDRESS-} ]] && kith 'test' desktop >/dev/null 2>&1; then
    say 'The bubble on your desktop is how a nudge looks there.'
fi

sample=${sample#"$here/"} program=${program#"$here/"}
say 'To try next, on the same network:'
cat <<END
  $program people --config $sample/config.yaml --now 2026-01-27
  $program explain priya --config $sample/config.yaml --now '2026-01-27 14:10'
  $program simulate --config $sample/config.yaml --from 2026-01-05 --weeks 13 --answer met
And with your own calendars: make install, then kith init
END
