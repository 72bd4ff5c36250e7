#!/usr/bin/env python3
"""Renew the vendored KERN UX: `scripts/renew_kern.py 2.7.2` fetches that version with npm and rewrites the checksums.

Only what the pages use is kept, unmodified: the stylesheet, five cuts of Fira Sans, licence and package description.
"""

import hashlib
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

PACKAGE = "@kern-ux/native"
VENDOR = Path(__file__).resolve().parent.parent / "src/verbundwerk/base/static/vendor/kern"
CUTS = ("Regular", "Italic", "Medium", "SemiBold", "Bold")
KEPT = {
    "dist/kern.min.css": "kern.min.css",
    "LICENSE.md": "LICENSE.md",
    "package.json": "package.json",
    **{f"dist/fonts/fira-sans/FiraSans-{cut}.woff2": f"fonts/FiraSans-{cut}.woff2" for cut in CUTS},
}


def packed(version: str, into: Path) -> Path:
    """The package as the registry gives it; npm itself verifies its integrity."""
    command = ["npm", "pack", "--silent", "--pack-destination", str(into), f"{PACKAGE}@{version}"]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return next(into.glob("*.tgz"))


def unpack(archive: Path, target: Path) -> None:
    with tarfile.open(archive) as package:
        for source, name in KEPT.items():
            content = package.extractfile(f"package/{source}")
            if content is None:
                raise SystemExit(f"{source} is missing in {archive.name}")
            (target / name).parent.mkdir(parents=True, exist_ok=True)
            (target / name).write_bytes(content.read())


def checksums(folder: Path) -> str:
    """One line per kept file, as `sha256sum --check` reads it."""
    lines = [f"{hashlib.sha256((folder / name).read_bytes()).hexdigest()}  {name}" for name in sorted(KEPT.values())]
    return "\n".join(lines) + "\n"


def main(version: str) -> None:
    with tempfile.TemporaryDirectory() as scratch:
        unpack(packed(version, Path(scratch)), VENDOR)
    (VENDOR / "CHECKSUMS").write_text(checksums(VENDOR))


if __name__ == "__main__":
    if len(sys.argv) != 2:
        raise SystemExit(f"usage: {sys.argv[0]} VERSION")
    main(sys.argv[1])
