#!/bin/sh
# What the tests use beside Python packages: a Chromium for the browser tests, Go for the log's second opinion, strace and
# faketime for its faults. Debian's are installed where that is possible; without them those tests are skipped, visibly.
wanted=
command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || wanted="chromium fonts-liberation"
command -v go >/dev/null 2>&1 || wanted="$wanted golang-go golang-golang-x-mod-dev golang-golang-x-crypto-dev"
command -v strace >/dev/null 2>&1 || wanted="$wanted strace"
command -v faketime >/dev/null 2>&1 || wanted="$wanted faketime"
[ -z "$wanted" ] && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing $wanted for the tests"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >/dev/null && exit 0
fi
echo "Not installed: $wanted. The tests that need them will be skipped." >&2
