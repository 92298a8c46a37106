#!/bin/sh
# A Chromium for the browser tests: the one that is there, or Debian's. Without one, those tests are skipped, visibly.
command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 && exit 0
if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing Chromium for the browser tests"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends chromium fonts-liberation >/dev/null && exit 0
fi
echo "No Chromium was found: the browser tests will be skipped. On Debian: apt-get install chromium" >&2
