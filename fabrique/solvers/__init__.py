"""Solvers: a problem in, a plan out, with its value, its bound and what could not be met."""
