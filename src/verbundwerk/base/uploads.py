"""Files people bring: how big they may be and what they really are, whatever their name says."""

import zipfile
from typing import IO

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from .figures import TIED, number_text

LOOKED_AT = 64 * 1024
UNPACKED_AT_MOST = 200 * 1024 * 1024
ENDINGS = {"xlsx": ".xlsx", "csv": ".csv", "pdf": ".pdf"}
NAMES = {"xlsx": "Excel (XLSX)", "csv": "CSV", "pdf": "PDF"}


def check_size(file: UploadedFile, max_bytes: int) -> None:
    size = file.size or 0
    if size > max_bytes:
        raise ValidationError(
            _("Die Datei ist %(size)s groß. Erlaubt sind höchstens %(limit)s. Bitte teilen oder verkleinern Sie sie."),
            code="too_big",
            params={"size": megabytes(size), "limit": megabytes(max_bytes)},
        )


def check_kind(file: UploadedFile, kinds: tuple[str, ...]) -> str:
    """What the file really is: one of the kinds, or a ValidationError that names what is wanted."""
    kind = kind_of(file)
    if kind in kinds:
        return kind
    raise ValidationError(
        _("„%(name)s“ ist keine Datei der erlaubten Art. Bitte wählen Sie eine Datei in diesem Format: %(kinds)s."),
        code="wrong_kind",
        params={"name": file.name, "kinds": ", ".join(NAMES[one] for one in kinds)},
    )


def megabytes(size: int) -> str:
    return f"{number_text(size / 1024 / 1024, 1)}{TIED}MB"


def kind_of(file: UploadedFile) -> str | None:
    start = _start(file)
    if start.startswith(b"PK\x03\x04"):
        return "xlsx" if _is_workbook(file) else None
    if b"%PDF-" in start[:1024]:
        return "pdf"
    return "csv" if _is_text(start) else None


def _start(file: UploadedFile) -> bytes:
    file.seek(0)
    start = file.read(LOOKED_AT)
    file.seek(0)
    return bytes(start)


def _is_workbook(file: UploadedFile) -> bool:
    stream: IO[bytes] = file
    try:
        with zipfile.ZipFile(stream) as archive:
            names = archive.namelist()
            unpacked = sum(one.file_size for one in archive.infolist())
    except (zipfile.BadZipFile, ValueError, OSError):
        return False
    finally:
        file.seek(0)
    return "xl/workbook.xml" in names and unpacked <= UNPACKED_AT_MOST


def _is_text(start: bytes) -> bool:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        return True
    return b"\0" not in start and not any(one < 9 or 13 < one < 27 for one in start)
