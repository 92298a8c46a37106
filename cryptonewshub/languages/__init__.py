"""What readers read, in the newsroom's language. Plain Python: the words of pages, letters and scripts, no story's."""
