"""The demo newsroom: an invented sea, five invented states, and the stories and sources of a small desk that covers them."""
