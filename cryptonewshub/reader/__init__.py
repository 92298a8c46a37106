"""Everything that a reader sees: pages and feeds, made from sealed content alone, never from a draft or a database.

Plain Python and Jinja2: no Django, no clock, no network. The same templates serve preview, live and baked pages; they
get finished values, and a page needs no script to be read.

What an outsider can verify of a page, without trusting us, is in `specs/edition.md`, ‘Pages’, and `verifier/` does it:

- Sealed text stands in elements that carry `data-c`, the key of what they show; `verifier/sealed.py` has the keys.
  Every number that a reader sees has one, too, or is marked `data-figure`. An element with `data-article`,
  `data-version` and `data-content` around it says of which edition.
- Inside such an element is nothing but sealed text, except furniture: elements marked `data-x` (the sign of a checked
  quotation, a note's number), which whoever projects the page skips with everything in them.
- Where the reader sees a form of the sealed value (a time in the site's zone, the name of a language), the element is a
  `<time datetime>` or carries the sealed value as `data-v`, and `words.py` publishes the forms.
- All other text is the theme's own: `words.py` reads it out of the templates and publishes it.
"""
