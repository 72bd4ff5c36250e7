"""This room has no states of its own."""

STATEFUL: dict = {}
