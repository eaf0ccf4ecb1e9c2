"""Foreign documents, read into our own words; one file each."""
