"""Kinds of activities, one file each; the file's name is the kind."""
