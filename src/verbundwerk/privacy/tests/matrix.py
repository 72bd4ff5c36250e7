"""What everybody gets from the addresses of this room."""

MATRIX: dict[str, dict[str, str]] = {
    "privacy:kept": {"*": "200"},
    "privacy:kept_csv": {"*": "200"},
}
