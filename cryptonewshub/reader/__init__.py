"""Everything that a reader sees: pages and feeds, made from sealed content alone, never from a draft or a database.

Plain Python and Jinja2: no Django, no clock, no network. The same templates serve preview, live and baked pages; they
get finished values, and a page needs no script to be read.

What an outsider can verify of a page, without trusting us:

- Sealed text stands in elements that carry `data-c`, the key of what they show: `label`, `section`, `kicker`,
  `headline`, `standfirst`, `series` and `series.part`, `byline.0` and `byline.0.role`, `dateline`, `published`,
  `updated`, `ended`, `body.3`, `body.3.speaker` and, of an update of live coverage, `body.3.at`; `image.0`,
  `image.0.credit` and `image.0.licence`, `topic.0`, `policy`; of a correction `correction.0.` with `wrong`, `right`,
  `note`, `found_by`, `credit`, `made`; of a quotation by its sealed id `quote.ID.` with `text`, `speaker`, `before`,
  `passage`, `after`, `note`, `checked_by`; of a source `source.ID.` with `title`, `speaker`, `publisher`, `published`,
  `lang`, `url`, `captured`, `sha256`, or `commit` alone; `edition.2.wrong`, `edition.2.right` and `edition.2.note` are
  what that other edition says of itself. `before` and `after` leave out the halves of words where the sealed text was
  cut at a length.
- Nothing but sealed text is inside such an element, except furniture: elements marked `data-x` (the sign of a checked
  quotation, a note's number), which whoever projects the page skips with everything in them.
- Where the reader sees a form of the sealed value (a time in the site's zone, the name of a language), the element is a
  `<time datetime>` or carries the sealed value as `data-v`; that is what is projected instead of its text.
- An element with `data-article` and `data-version` says whose keys are meant inside it.
"""
