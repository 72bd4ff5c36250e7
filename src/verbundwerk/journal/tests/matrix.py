"""Histories are shown on the pages of the things they are about."""

MATRIX: dict[str, dict[str, str]] = {}
