"""Behind a TLS proxy, for real people."""

from .common import *  # noqa: F403
from .environment import flag
from .mail import *  # noqa: F403
from .people import *  # noqa: F403

DEMO = False
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = not flag("VERBUNDWERK_NO_SSL_REDIRECT")
SECURE_HSTS_SECONDS = 31_536_000
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
# Whether subdomains speak TLS too, and the browsers' preload list, are for the owner of the domain to decide.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
