"""Requests of readers: asked from under a text or by a link, answered at its desk."""
