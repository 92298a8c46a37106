#!/bin/sh
# Lighthouse over the front and stories of the demo newsroom, and the rules of Mozilla's HTTP Observatory over every kind of
# page: `make lighthouse`. Writes build/lighthouse/*.html and prints the scores. Needs npm (node 20 or newer) and Chromium; a
# newsroom is made and served for it, and thrown away.
set -eu
port=${PORT:-8765}
out=build/lighthouse
chrome=$(command -v chromium || command -v google-chrome) || { echo "There is no Chromium here. On Debian: apt-get install chromium" >&2; exit 2; }
command -v npm >/dev/null || { echo "There is no npm here, which fetches Lighthouse. On Debian: apt-get install npm" >&2; exit 2; }
# fetch PACKAGE VERSION SHA-512: into a folder of its own, without running anything that it brings; its place is $fetched.
fetch() {
  fetched=.venv/checkers/$(basename "$1")
  [ -e "$fetched/whole" ] && return
  echo "Fetching $1 $2"
  rm -rf "$fetched"
  mkdir -p "$fetched"
  (cd "$fetched" && npm install --silent --no-audit --no-fund --ignore-scripts --save-exact "$1@$2")
  grep -q "$3" "$fetched/package-lock.json" || { rm -rf "$fetched"; echo "What was fetched is not $1 $2." >&2; exit 1; }
  touch "$fetched/whole"
}
fetch lighthouse 12.8.2 +5SKYzVaTFj22MgoYDPNrP9tlD2/Ay7j3SxPSFD9FpPyVxGr4UtOQGKyrdZ7wCmcnBaFk0mCkPfARU3CsE0nvA==
lighthouse=$fetched/node_modules/.bin/lighthouse
fetch @mdn/mdn-http-observatory 1.4.8 0goue3nubqDQuIqLaQWRUa7iNsgTOwIlJdqbiC8sO7PxqwmpdQJo9Q8GCvXkcp7s35yGj9X/RGkZ4iIBZoYHxw==
observatory=$fetched
home=$(mktemp -d)
CNH_HOME=$home/var CNH_BASE_URL=http://localhost:$port .venv/bin/python -m cryptonewshub init --demo --serve --port "$port" >"$home/printed" 2>&1 &
server=$!
trap 'kill $server; wait $server 2>/dev/null || true; rm -rf "$home"' EXIT
tries=0
until .venv/bin/python -c "import urllib.request; urllib.request.urlopen('http://localhost:$port/')" 2>/dev/null; do
  tries=$((tries + 1))
  kill -0 $server 2>/dev/null && [ $tries -lt 600 ] || { cat "$home/printed" >&2; exit 1; }
  sleep 1
done
mkdir -p $out
for page in front:/ article:/energy/merrow-link-anchor/ live:/diplomacy/corravia-assembly-live/; do
  CHROME_PATH=$chrome $lighthouse "http://localhost:$port${page#*:}" --quiet --output=html --output=json \
    --output-path="$out/${page%%:*}" --chrome-flags="--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync" --only-categories=performance,accessibility,best-practices,seo
  .venv/bin/python -m benchmarks.lighthouse "$out/${page%%:*}.report.json"
done
echo "The reports are in $out."
story=/energy/merrow-link-anchor/
echo "HTTP Observatory:"
node benchmarks/observatory.mjs $observatory "http://localhost:$port" / /energy/ /topics/merrow-link/ /persons/tadeo-brisk/ \
  /authors/nadia-corvell/ /series/the-naval-line/ $story ${story}editions/1/ ${story}history/ ${story}history/1-2/ ${story}comments/ \
  /energy/second-cable-live/ /corrections/ /archive/ /archive/2026/ /archive/2026/10/ /policies/ /policies/accuracy/ \
  "/search/?q=cable" /verify/ /verify/verify.html /offline/ /nothing/ /security/sable-dawn-witness/ /feed.xml /sitemap.xml
