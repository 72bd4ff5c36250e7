"""What every installation shares."""

from pathlib import Path

from csp.constants import NONE, SELF

from .environment import data_dir, database, flag, secret_key, words
from .operator import OPERATOR  # noqa: F401 - a setting: who runs this installation

PACKAGE = Path(__file__).resolve().parent.parent
DATA_DIR = data_dir()

# The rooms of the house, bottom to top; the import contract holds the same order.
ROOMS = [
    "base",
    "journal",
    "post",
    "network",
    "disclosure",
    "codetermination",
    "topics",
    "needs",
    "catalogue",
    "pooling",
    "courses",
    "wishes",
    "feedback",
    "exchange",
    "privacy",
    "portal",
]

SECRET_KEY = secret_key()
SECRET_KEY_FALLBACKS = words("VERBUNDWERK_SECRET_KEY_FALLBACKS", "")
DEBUG = False
DEMO = flag("VERBUNDWERK_DEMO")
ALLOWED_HOSTS = words("VERBUNDWERK_HOSTS", "127.0.0.1 localhost [::1]")
ROOT_URLCONF = "verbundwerk.urls"
WSGI_APPLICATION = "verbundwerk.wsgi.application"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

INSTALLED_APPS = [
    *(f"verbundwerk.{room}" for room in reversed(ROOMS)),
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "verbundwerk.base.middleware.reasons",
    "verbundwerk.privacy.middleware.looks",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "verbundwerk.base.frame.page_frame",
            ],
            "builtins": ["verbundwerk.base.templatetags.ui", "django.templatetags.i18n"],
        },
    }
]
FORM_RENDERER = "verbundwerk.base.forms.KernRenderer"

DATABASES = {"default": database()}

# --- people -------------------------------------------------------------------------
AUTH_USER_MODEL = "network.Person"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "portal:today"
LOGOUT_REDIRECT_URL = "portal:start"

# --- language and time --------------------------------------------------------------
LANGUAGE_CODE = "de"
LANGUAGES = [("de", "Deutsch"), ("en", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Berlin"

# --- files --------------------------------------------------------------------------
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
MEDIA_ROOT = DATA_DIR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

# --- security -----------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "verbundwerk.base.views.not_sure_of"

# --- background work ----------------------------------------------------------------
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Plans with a fixed number of steps instead of a time: the same on every machine. Only tests want that.
PLANS_COUNT_STEPS = False

MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
