"""What every check of this package says when the answer is no."""

from __future__ import annotations


class Refused(ValueError):  # noqa: N818 - it is an answer
    """Well-formed, and not true: a signature, a proof or a tile that does not hold.

    Bytes that cannot be read at all raise a plain ValueError. Both carry a full sentence.
    """
