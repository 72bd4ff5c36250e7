"""The gallery is for whoever sits at the machine, signed in or not; elsewhere it does not exist."""

MATRIX = {
    "base:gallery": {"anonymous": "200", "*": "200"},
    "POST base:gallery": {"anonymous": "422", "*": "422"},
}
