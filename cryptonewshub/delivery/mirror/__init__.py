"""The mirror: the site and the log on an S3-compatible store, kept as they are here."""
