#!/bin/sh
# Lighthouse over the front and a story of the demo newsroom: `make lighthouse`. Writes build/lighthouse/*.html and prints the
# scores. Needs npm (node 20 or newer) and Chromium; a newsroom is made and served for it, and thrown away.
set -eu
version=12.8.2
sha512=+5SKYzVaTFj22MgoYDPNrP9tlD2/Ay7j3SxPSFD9FpPyVxGr4UtOQGKyrdZ7wCmcnBaFk0mCkPfARU3CsE0nvA==
port=${PORT:-8765}
tools=.venv/checkers/lighthouse
out=build/lighthouse
chrome=$(command -v chromium || command -v google-chrome) || { echo "There is no Chromium here. On Debian: apt-get install chromium" >&2; exit 2; }
command -v npm >/dev/null || { echo "There is no npm here, which fetches Lighthouse. On Debian: apt-get install npm" >&2; exit 2; }
if [ ! -x $tools/node_modules/.bin/lighthouse ]; then
  echo "Fetching Lighthouse $version"
  mkdir -p $tools
  (cd $tools && PUPPETEER_SKIP_DOWNLOAD=1 npm install --silent --no-audit --no-fund --save-exact lighthouse@$version)
  grep -q "$sha512" $tools/package-lock.json || { rm -rf $tools; echo "What was fetched is not Lighthouse $version." >&2; exit 1; }
fi
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
  CHROME_PATH=$chrome $tools/node_modules/.bin/lighthouse "http://localhost:$port${page#*:}" --quiet --output=html --output=json \
    --output-path="$out/${page%%:*}" --chrome-flags="--headless=new --no-sandbox --disable-gpu --disable-quic --no-first-run \
    --disable-background-networking --disable-component-update --disable-sync" --only-categories=performance,accessibility,best-practices,seo
  .venv/bin/python -m benchmarks.lighthouse "$out/${page%%:*}.report.json"
done
echo "The reports are in $out."
