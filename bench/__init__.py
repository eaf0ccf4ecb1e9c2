"""Measurements, printed as tables: never limits inside a test (machines are noisy)."""
