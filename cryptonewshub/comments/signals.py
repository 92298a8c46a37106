"""What later stages hear of comments."""

from django.dispatch import Signal

thread_changed = Signal()
"""Sent with `thread`, inside the transaction, when what readers see of it has changed. Pages wait for the commit."""
