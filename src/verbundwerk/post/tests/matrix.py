"""The outbox has no address of its own: its page belongs to the network, which knows who may look."""

MATRIX: dict[str, dict[str, str]] = {}
