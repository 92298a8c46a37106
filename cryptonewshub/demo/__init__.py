"""The demo newsroom: an invented sea, its five states, and the stories and sources of a small desk there."""
