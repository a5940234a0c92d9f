#!/bin/sh
# Run a command in a folder as an engine runs it in a container: the folder is the root, nothing can be written but
# /data and /tmp, the user is nobody special. To be called in a mount namespace of its own (tests/image.py does).
#
#   read_only_root.sh WAY UID WORKDIR ROOT DATA VENV PYTHON NAME=value… COMMAND…
#
# WAY root: the caller is root, and becomes UID with no capability left. WAY user: the caller is root in a user
# namespace of their own only, and is shown as UID in another within it.
set -eu
way=$1 uid=$2 workdir=$3 root=$4 data=$5 venv=$6 python=$7
shift 7

mount --bind "$root" "$root"
for name in bin etc lib lib32 lib64 libx32 sbin usr; do
    if [ -d "$root/$name" ] && ! [ -L "$root/$name" ]; then mount --rbind "/$name" "$root/$name"; fi
done
case $python in /usr | /usr/*) ;; *) mount --rbind "$python" "$root$python" ;; esac
mount --rbind "$venv" "$root/venv"
mount --rbind /proc "$root/proc"
for name in null urandom zero; do mount --bind "/dev/$name" "$root/dev/$name"; done
mount --bind "$data" "$root/data"
mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$root/tmp"

# What was mounted may carry locked flags (nosuid, nodev …): they are named again, or the kernel refuses.
read_only() {
    flags=$(findmnt --noheadings --output VFS-OPTIONS --mountpoint "$1" | tail -n 1 | tr ',' '\n' \
        | grep -E '^(nosuid|nodev|noexec|noatime|nodiratime|relatime)$' | paste -sd , -)
    mount -o "remount,bind,ro${flags:+,$flags}" "$1"
}
findmnt --raw --noheadings --output TARGET | grep -E "^$root(/|\$)" | while read -r target; do
    case $target in
        "$root"/data | "$root"/tmp | "$root"/proc | "$root"/proc/* | "$root"/dev/*) ;;
        *) read_only "$(printf '%b' "$target")" ;;
    esac
done

if [ "$way" = root ]; then
    set -- setpriv --reuid="$uid" --regid="$uid" --clear-groups --no-new-privs --bounding-set=-all --inh-caps=-all \
        env -i -C "$workdir" "$@"
else
    set -- unshare --user --map-user="$uid" --map-group="$uid" setpriv --no-new-privs env -i -C "$workdir" "$@"
fi
cd "$root" && pivot_root . . && umount --lazy . && cd / # not chroot: from within one the kernel gives no user namespace
exec "$@"
