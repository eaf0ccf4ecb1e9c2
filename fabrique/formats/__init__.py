"""Formats: one file each. A report of blocks goes in, bytes come out; each file's `KIND` says how."""
