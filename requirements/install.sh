#!/bin/sh
# Installs a set of hash-pinned packages into .venv, and shows how far it is. Usage: sh requirements/install.sh runtime|dev
set -u
list=requirements/$1.txt
total=$(grep -c '^[a-z].*==' "$list")
log=.venv/install.log
echo "Installing about $total packages (the first time only, about a minute)"
.venv/bin/python -m pip install --require-hashes --no-deps --disable-pip-version-check --progress-bar off -r "$list" > "$log" 2>&1 &
pip=$!
while kill -0 $pip 2>/dev/null; do
  if [ -t 1 ]; then
    printf '\r  %s of about %s' "$(grep -c '^Collecting\|^Requirement already' "$log")" "$total"
    grep -q '^Installing collected' "$log" && printf '\r  unpacking        '
  fi
  sleep 1
done
[ -t 1 ] && printf '\r                      \r'
if wait $pip; then
  exit 0
fi
if grep -q 'No space left' "$log"; then
  echo "The disk is full: the packages could not be installed. Free about 500 MB and run the same command again." >&2
else
  grep -i 'error' "$log" | tail -n 3 >&2
  echo "The packages could not be installed; $log has the whole story. Run the same command again once that is mended." >&2
fi
exit 2
