"""Addresses of the pages of the association, one file a chapter."""
