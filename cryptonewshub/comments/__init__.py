"""Readers' comments, reports of errors, and their moderation.

What a reader writes is kept as plain text and is escaped where it is shown, never before. Nobody needs an account, no
address of a computer is stored, and nothing here decides to publish or to refuse by a machine's score alone.
"""
