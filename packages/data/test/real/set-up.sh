#!/usr/bin/env bash
# The servers and tools that the tests here run, from Debian's packages, where they are missing. Starts none of them.
# They are installed for good, as by hand. Does nothing where all are there; ends with 1 where one can't be had.
set -euo pipefail

# What is run, and Debian's package of it; `postgres` is in no directory that a shell looks into.
wanted=(
  'postgres postgresql'
  'mariadbd mariadb-server'
  'redis-server redis-server'
  'promtool prometheus'
)
shopt -s nullglob

# The packages of what is missing, in one line.
lacking() {
  local pair missing=
  for pair in "${wanted[@]}"; do
    PATH=$PATH:/usr/sbin found "${pair% *}" || missing="$missing ${pair#* }"
  done
  echo "${missing# }"
}

found() {
  local debian=(/usr/lib/postgresql/*/bin/"$1")
  [ ${#debian[@]} -gt 0 ] || command -v "$1" >/dev/null
}

# Which of the servers' own ports (5432, 3306, 6379, 9090) somebody listens on.
listening() {
  awk '$4 == "0A" { sub(/.*:/, "", $2); print $2 }' /proc/net/tcp /proc/net/tcp6 2>/dev/null | grep -E '^(1538|0CEA|18EB|2382)$' | sort -u || true
}

fail() {
  echo "$1" >&2
  exit 1
}

packages=$(lacking)
[ -n "$packages" ] || exit 0
by_hand="install PostgreSQL 15, MariaDB 10.11, Redis 7.0 and Prometheus' promtool 2.42, or newer ones, so that postgres, mariadbd, redis-server and promtool are found by PATH"
command -v apt-get >/dev/null || fail "missing: $packages (as Debian calls them). There is no apt-get here: $by_hand"
[ "$(id -u)" -eq 0 ] || fail "missing: $packages. As root: apt-get install --no-install-recommends $packages"

# Debian starts what it installs, unless this file says otherwise.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
  trap 'rm -f "$policy"' EXIT
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod 755 "$policy"
fi
before=$(listening)
echo "installing $packages"
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
# shellcheck disable=SC2086 # names of packages
apt-get install -q -y --no-install-recommends $packages
after=$(listening)
[ "$after" = "$before" ] || fail "a server was started by its installation: somebody listens on ports (hexadecimal) $after"
packages=$(lacking)
[ -z "$packages" ] || fail "still missing: $packages: $by_hand"
