"""What an answer says to whoever gets it, whatever it is: a page, a list to take along, a paper, a calendar."""

import html
import re
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from openpyxl import load_workbook
from pypdf import PdfReader

# What differs from one look to the next although nothing has changed.
FRESH = re.compile(r'name="csrfmiddlewaretoken" value="[^"]*"|nonce="[^"]*"|name="once" value="[^"]*"')
# When somebody signed in last is the one moment that comes from the machine's clock, with its microseconds.
SIGNED_IN = re.compile(r"\d{4}-\d\d-\d\d[T ][\d:]+\.\d{6}\+00:00")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def said_by(response: Any) -> str:
    """All of it as text. Of a page also what nobody sees on the screen: hidden fields, addresses, comments."""
    content = b"".join(response.streaming_content) if response.streaming else response.content
    return text_of(content, response.headers.get("Content-Type", "").partition(";")[0])


def text_of(content: bytes, kind: str) -> str:
    if kind == XLSX:
        sheets = load_workbook(BytesIO(content), read_only=True)
        return "\n".join(str(value) for sheet in sheets for row in sheet.iter_rows(values_only=True) for value in row)
    if kind == "application/pdf":
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(content)).pages)
    if kind == "application/zip":
        with ZipFile(BytesIO(content)) as archive:
            return SIGNED_IN.sub("", "\n".join(archive.read(name).decode() for name in archive.namelist()))
    text = content.decode()
    if kind == "text/calendar":
        return re.sub(r"\r?\n[ \t]", "", text)  # long lines are folded
    if kind == "application/json":
        return SIGNED_IN.sub("", text)
    return html.unescape(FRESH.sub("", text)) if kind == "text/html" else text
