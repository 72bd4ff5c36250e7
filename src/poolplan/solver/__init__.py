"""The machinery behind `solve`: numbers only, no public values. See ../README.md for the method."""
