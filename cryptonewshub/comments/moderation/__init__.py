"""Moderation in the editor: the queue, one comment with its story beside it, rules, bans, reports and figures."""
