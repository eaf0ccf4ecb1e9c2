"""Drafts of minutes from what a session leaves; one file each, none is published as it is."""
