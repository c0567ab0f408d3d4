#!/bin/bash
# user_manager.sh USER: a real `systemd --user` of USER with its bus and a journal, in private namespaces, until stdin
# ends. Says "ready" once the manager runs. Root only. It starts no system manager: that one's tmpfiles rules would
# empty the machine's own /tmp.
set -euo pipefail

user=$1
uid=$(id -u "$user") gid=$(id -g "$user")
home=$(getent passwd "$user" | cut -d: -f6)
hierarchy=$(awk '$3 == "cgroup2" { print $2; exit }' /proc/mounts)
[[ -n $hierarchy ]] || { echo 'no cgroup2 hierarchy is mounted' >&2; exit 1; }
group=$hierarchy/kith-test-$$
mkdir "$group"
remove_group() {
    local tries
    for tries in 1 2 3 4 5 6 7 8 9 10; do
        find "$group" -depth -type d -exec rmdir {} \; 2>/dev/null || true
        [[ -d $group ]] || return 0
        sleep 0.1
    done
}
trap remove_group EXIT

inside() {
    mountpoint -q /sys/fs/cgroup && umount -R /sys/fs/cgroup
    mount -t cgroup2 none /sys/fs/cgroup
    mount -t tmpfs -o mode=755 none /run
    mount -t tmpfs -o mode=755 none /var/log
    mkdir -p /var/log/journal /run/systemd/{system,unit-root,propagate,inaccessible} "/run/user/$uid"
    (cd /run/systemd/inaccessible && touch reg && mkdir dir && mkfifo fifo && chmod 000 reg dir fifo)
    chown "$uid:$gid" "/run/user/$uid"
    chmod 700 "/run/user/$uid"

    /lib/systemd/systemd-journald &
    local tries
    for tries in {1..100}; do [[ -S /run/systemd/journal/stdout ]] && break; sleep 0.05; done
    journalctl --flush

    # What the system manager would delegate to user@UID.service.
    local delegated=/sys/fs/cgroup/user@$uid.service
    mkdir "$delegated"
    chown "$uid:$gid" "$delegated" "$delegated"/cgroup.{procs,subtree_control,threads}
    local as_user=(setpriv --reuid "$uid" --regid "$gid" --init-groups env -i "HOME=$home" "USER=$user" "LOGNAME=$user"
        SHELL=/bin/bash "PATH=$home/.local/bin:/usr/local/bin:/usr/bin:/bin" LANG=C.UTF-8
        "XDG_RUNTIME_DIR=/run/user/$uid" "DBUS_SESSION_BUS_ADDRESS=unix:path=/run/user/$uid/bus"
        "LD_LIBRARY_PATH=$home/lib")
    cd "$home"
    (
        echo "$BASHPID" >"$delegated/cgroup.procs"
        exec "${as_user[@]}" /lib/systemd/systemd --user --log-target=journal
    ) </dev/null >/dev/null 2>&1 &
    local manager=$!
    for tries in {1..200}; do
        case $("${as_user[@]}" systemctl --user is-system-running 2>/dev/null || true) in
            running | degraded) break ;;
        esac
        sleep 0.05
    done
    # The commands of the tests come in from outside, with this environment.
    declare -p as_user >"/run/user/$uid/as-user"
    echo ready
    cat >/dev/null
    "${as_user[@]}" systemctl --user exit 2>/dev/null || true
    wait "$manager" || true
}
export -f inside
export user uid gid home
# --mount-proc comes with a private mount namespace; --kill-child ends all of it with this script.
bash -c 'echo $$ >"$1/cgroup.procs"; shift; exec "$@"' bash "$group" \
    unshare --mount --cgroup --pid --fork --kill-child --mount-proc --propagation private bash -euc inside
