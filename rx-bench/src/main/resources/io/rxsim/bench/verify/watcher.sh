# Watcher of rx verify kernel. Runs in a mount namespace of its own, where tracefs is mounted, and in a session of its own, where no signal of
# the terminal reaches it. Lives until its standard input ends, which happens also when rx is killed; then puts everything back.
#
# usage: sh -c SCRIPT watcher INSTANCE   the trace instance to make, and to remove at the end
# input: keep FILE VALUE   what to write where at the end
#        child PID         a process to kill at the end
#        gone              these processes have ended
trap '' INT TERM HUP
instances=/sys/kernel/tracing/instances
# Mounted here alone, unless the system has mounted them already.
[ -d /sys/kernel/tracing ] || mount -t sysfs sysfs /sys || exit 1
[ -d $instances ] || mount -t tracefs tracefs /sys/kernel/tracing || exit 1
for event in net/netif_rx_entry net/netif_rx_exit net/netif_receive_skb napi/napi_poll; do
    [ -d "/sys/kernel/tracing/events/$event" ] || { echo "the kernel has no trace event $event"; exit 1; }
done
# The settings belong to one verification at a time; the watcher of a killed one may still be at work. What no watcher removes any more is stale.
for other in $instances/rxsim-*; do
    tries=0
    while [ -d "$other" ] && [ $tries -lt 50 ]; do
        tries=$((tries + 1))
        sleep 0.1
    done
    [ ! -d "$other" ] || [ -d "/proc/${other##*-}" ] || rmdir "$other"
    [ ! -d "$other" ] || { echo "another verification is running: process ${other##*-} keeps trace instance ${other##*/}"; exit 1; }
done
mkdir "$instances/$1" || exit 1
echo ready
children=
while read -r word first rest; do
    case $word in
        keep) set -- "$@" "$first" "$rest" ;;
        child) children="$children $first" ;;
        gone) children= ;;
    esac
done
for pid in $children; do
    kill -9 "$pid" 2>/dev/null
done
instance=$instances/$1
shift
while [ $# -ge 2 ]; do
    printf '%s\n' "$2" >"$1"
    shift 2
done
echo 0 >"$instance/tracing_on"
# Busy as long as a process that was just killed still has a file of it open.
tries=0
until rmdir "$instance" 2>/dev/null || [ $tries -ge 100 ]; do
    tries=$((tries + 1))
    sleep 0.1
done
