"""Fabrique: a community asks itself a question and keeps a usable trace of the answer."""

__version__ = "0.1.0"
