"""Readers of documents, one kind a module. Each gets bytes, gives an `ExtractedText`, and imports its parser late."""
