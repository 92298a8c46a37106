"""What else a story claims: figures, names, offices, days, and who is not named."""
