"""For the tests: nothing leaves the process, nothing is slow on purpose."""

import os
import tempfile

# Before anything reads the data folder: tests never touch an installation's data.
os.environ["VERBUNDWERK_DATA"] = os.environ.get("VERBUNDWERK_TEST_DATA") or tempfile.mkdtemp(prefix="verbundwerk-test-")

from .common import *  # noqa: F403
from .common import STORAGES
from .mail import *  # noqa: F403
from .people import *  # noqa: F403

DEMO = True
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
PLANS_COUNT_STEPS = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
