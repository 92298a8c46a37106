"""The letterbox: where readers' words come in. The one part of the readers' site that is answered live.

Each address works without a script, sets no cookie and is told to nobody: no cache keeps it, no search engine lists it.
"""
