"""Python's garbage collector in processes that live long or make thousands of pages.

Its usual rhythm is that of a small program: every few hundred new objects it looks, and from time to time at all there
are, which in a newsroom's process are a million that stay. A page leaves nearly nothing to be collected.
"""

from __future__ import annotations

import gc


def collect_seldom() -> None:
    """Leaves alone what is loaded by now, and looks at what is new after 50,000 objects. Call it when all is set up."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
