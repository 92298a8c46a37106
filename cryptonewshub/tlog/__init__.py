"""The transparency log's arithmetic: trees, tiles, notes, proofs and leaves, as functions over bytes.

Nothing in this package opens a file, asks a network or looks at a clock, and none of it needs Django: whoever doubts a
newsroom can run it against that newsroom's log. `specs/log.md` states the formats.
"""
