"""Search over what was published: stories, the statements in them, and the people who spoke. An index is derived from
the editions and disposable; `index.py` says what every index can do, and no other module of the product knows which.
"""
