"""Data files of `codes` and `extract`: code lists and word lists, each with its source in its head."""
