"""Kinds of questions, one file each: asked in questionnaires, votes and registration forms."""
