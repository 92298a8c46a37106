"""Addresses of the conversation: baked ones beside each story, and those under /comments/ that are answered live."""

from __future__ import annotations

from uuid import UUID

SITE_FEED = "/comments.xml"
WRITE, CHALLENGE, FLAG, ERROR, MINE, FOLLOW, DATA, POST, AT = (
    f"/comments/{word}/" for word in ("write", "challenge", "flag", "error", "mine", "follow", "data", "post", "at")
)
LIVE = "/comments/"
"""Everything under it is answered by Django, under the readers' strict headers, without a cookie."""


def thread_address(path: str, page: int = 1) -> str:
    """The comments of the story at `path`: '/energy/cable-cut/comments/', later pages under their number."""
    return f"{path}comments/" if page == 1 else f"{path}comments/{page}/"


def thread_feed_address(path: str) -> str:
    return f"{path}comments/feed.xml"


def comment_address(number: int) -> str:
    """The way to one comment, on whichever page of its thread it stands."""
    return f"{AT}{number}/"


def write_address(article: UUID) -> str:
    return f"{WRITE}{article}/"


def error_address(article: UUID) -> str:
    return f"{ERROR}{article}/"


def follow_address(article: UUID) -> str:
    return f"{FOLLOW}{article}/"


def flag_address(comment: int) -> str:
    return f"{FLAG}{comment}/"


def mine_address(token: str) -> str:
    """Only the writer knows the token, and so the address."""
    return f"{MINE}{token}/"


def post_address(word: str, token: str) -> str:
    """An address that stands in a letter: `word` is what it does."""
    return f"{POST}{word}/{token}/"
