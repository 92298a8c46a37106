"""Comments from elsewhere: WordPress (WXR), Disqus (XML), Isso (SQLite or JSON), and our own export.

Every reader gives the same plain shape, `Imported`; `taking_in.py` makes comments of them. Nothing that a file says is
believed: sizes and depths have limits, markup becomes text, and no address of a computer is taken over.
"""
