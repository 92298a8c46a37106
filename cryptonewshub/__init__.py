"""CryptoNewsHub: a newsroom in a box whose accuracy a reader can check."""

__version__ = "0.1.0"
