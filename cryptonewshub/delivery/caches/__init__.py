"""Caches before the newsroom: what their answers are called (`keys.py`), and how they are told to let go of them."""
