"""What everybody gets from the addresses of this room."""

OWN = {"anonymous": "302", "*": "200"}
FIRM = {"anonymous": "302", "hr host provider": "200", "*": "403"}
OFFICER = {"anonymous": "302", "data_protection": "200", "*": "403"}

MATRIX: dict[str, dict[str, str]] = {
    "privacy:kept": {"*": "200"},
    "privacy:kept_csv": {"*": "200"},
    "privacy:own_data": OWN,
    "privacy:own_data_json": OWN,
    "privacy:own_data_zip": OWN,
    "privacy:delete_own_data": OWN,
    "POST privacy:delete_own_data": {"anonymous": "302", "*": "422"},
    "privacy:own_looks": OWN,
    "privacy:firm_looks": FIRM,
    "privacy:firm_looks_csv": FIRM,
    "privacy:all_looks": OFFICER,
    "privacy:all_looks_csv": OFFICER,
    "privacy:deletions": OFFICER,
    "privacy:deletions_csv": OFFICER,
    "privacy:forgotten": OFFICER,
}
