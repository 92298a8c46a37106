"""The kinds of pages, a module for each family. Each module ends with `KINDS`; `delivery/printing.py` has the table."""
