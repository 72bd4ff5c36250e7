"""What others made stays as they made it."""

import hashlib
import re
from pathlib import Path

import pytest

STATIC = Path(__file__).resolve().parent.parent / "static"
KERN = STATIC / "vendor/kern"
LISTED = dict(reversed(line.split("  ")) for line in (KERN / "CHECKSUMS").read_text().splitlines())


@pytest.mark.parametrize("name", sorted(LISTED))
def test_nobody_edited_a_file_of_the_design_system(name):
    assert hashlib.sha256((KERN / name).read_bytes()).hexdigest() == LISTED[name]


def test_nothing_lies_beside_the_listed_files():
    there = {one.relative_to(KERN).as_posix() for one in KERN.rglob("*") if one.is_file()}
    assert there - set(LISTED) == {"CHECKSUMS", "README.md"}


def test_every_font_a_stylesheet_names_is_there():
    named = re.findall(r'url\("([^"]+)"\)', (STATIC / "base/fonts.css").read_text())
    assert len(named) == 5
    assert all((STATIC / "base" / one).resolve().is_file() for one in named)


def test_the_mark_of_the_state_is_used_nowhere():
    templates = Path(__file__).resolve().parent.parent / "templates"
    assert not [one for one in templates.rglob("*.html") if "kern-kopfzeile" in one.read_text()]
