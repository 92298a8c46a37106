"""`python -m cryptonewshub` is `cnh`."""

from __future__ import annotations

from cryptonewshub.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
