"""Conferences of CoSPLib: tracks to sessions and rooms, submissions to slots."""
