"""What an outsider runs against a newsroom: verify a story, watch a log. The standard library is all that it needs.

Nothing here imports another part of the project, so that whoever doubts the newsroom need not trust its code to read
its log: everything is written after `specs/log.md` and `specs/edition.md`.
"""
