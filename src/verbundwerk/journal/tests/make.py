"""The journal has no states and no pages of its own; lines are made by the verbs of the other rooms."""

STATEFUL: dict = {}
