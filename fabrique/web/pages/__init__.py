"""Pages, one file a chapter."""
