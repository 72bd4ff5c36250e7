"""Letters go to files in the data folder until a mail server is named."""

import os

from .environment import data_dir, flag

EMAIL_HOST = os.environ.get("VERBUNDWERK_SMTP_HOST", "")
EMAIL_PORT = int(os.environ.get("VERBUNDWERK_SMTP_PORT", "587"))
EMAIL_HOST_USER = os.environ.get("VERBUNDWERK_SMTP_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("VERBUNDWERK_SMTP_PASSWORD", "")
EMAIL_USE_TLS = not flag("VERBUNDWERK_SMTP_PLAIN")
EMAIL_TIMEOUT = 20
EMAIL_FILE_PATH = data_dir() / "letters"
EMAIL_BACKEND = (
    "django.core.mail.backends.smtp.EmailBackend" if EMAIL_HOST else "django.core.mail.backends.filebased.EmailBackend"
)
# How this installation is reached from outside: links in letters begin with it.
BASE_URL = os.environ.get("VERBUNDWERK_BASE_URL", "http://127.0.0.1:8000").rstrip("/")
DEFAULT_FROM_EMAIL = os.environ.get("VERBUNDWERK_MAIL_FROM", "Verbundwerk <verbundwerk@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
