#!/bin/sh
# What the tests use beside Python packages: a Chromium for the browser tests, Go for the log's second opinion, strace and
# faketime for its faults, nginx, Caddy and Varnish for deploy/, PostgreSQL, Java and the Nu checker for HTML. Debian's are installed where that is possible; without them those
# tests are skipped, visibly.
wanted=
command -v chromium >/dev/null 2>&1 || command -v google-chrome >/dev/null 2>&1 || wanted="chromium fonts-liberation"
command -v go >/dev/null 2>&1 || wanted="$wanted golang-go golang-golang-x-mod-dev golang-golang-x-crypto-dev"
command -v strace >/dev/null 2>&1 || wanted="$wanted strace"
command -v faketime >/dev/null 2>&1 || wanted="$wanted faketime"
[ -x /usr/sbin/varnishd ] || wanted="$wanted varnish varnish-modules"
[ -x /usr/sbin/nginx ] || wanted="$wanted nginx-light libnginx-mod-http-brotli-static libnginx-mod-http-cache-purge"
command -v caddy >/dev/null 2>&1 || wanted="$wanted caddy"
command -v java >/dev/null 2>&1 || wanted="$wanted default-jre-headless"
command -v npm >/dev/null 2>&1 || wanted="$wanted npm"
ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1 || wanted="$wanted postgresql"
if [ -n "$wanted" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null 2>&1; then
  echo "Installing $wanted for the tests"
  apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $wanted >/dev/null && wanted=
fi
[ -z "$wanted" ] || echo "Not installed: $wanted. The tests that need them will be skipped." >&2

# The checker of HTML, pinned to its version and to the SHA-512 of its package.
vnu=26.9.27
vnu_sha512=TkQd5DFfOaWC9ebtvozTsrH2Vaod3jYg+vrOeREzIXxBexLz9+rS2DNtjn7+RPUiZhgli0SghgBX6RJRNea0KA==
place=.venv/checkers
[ -f $place/vnu-$vnu.jar ] && exit 0
command -v npm >/dev/null 2>&1 || { echo "Without npm there is no checker of HTML; its test will be skipped." >&2; exit 0; }
mkdir -p $place && cd $place && npm pack --silent vnu-jar@$vnu >/dev/null &&
  [ "$(openssl dgst -sha512 -binary vnu-jar-$vnu.tgz | openssl base64 -A)" = "$vnu_sha512" ] &&
  tar -xzf vnu-jar-$vnu.tgz package/build/dist/vnu.jar && mv package/build/dist/vnu.jar vnu-$vnu.jar ||
  echo "The checker of HTML could not be fetched, or is not what it should be; its test will be skipped." >&2
rm -rf package vnu-jar-$vnu.tgz
