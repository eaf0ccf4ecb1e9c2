"""A grid of our own: items wished for by people, to slots and rooms."""
