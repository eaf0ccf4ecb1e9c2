"""Verbs: what people do with the house, one transaction each, one file a chapter."""
