"""Fabrique: a community asks itself a question and keeps a usable trace of what it made together."""

__version__ = "0.1.0"
