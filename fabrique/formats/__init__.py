"""Formats: one file each, its `KIND` turns a report of blocks into bytes."""
