"""What stands between quotation marks in a story, and who said it."""
