"""Django's settings, made from at most five environment variables."""

import sys
from pathlib import Path

if sys.platform == "linux":
    # The interpreter's own SQLite may carry the WAL fault of versions before 3.51.3; this build does not.
    import pysqlite3

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2

from .environment import ENVIRONMENT
from .logs import formatter

HOME: Path = ENVIRONMENT.home
SECRET_KEY = ENVIRONMENT.secret
SECRET_KEY_FALLBACKS = list(ENVIRONMENT.former_secrets)
BASE_URL = ENVIRONMENT.base_url
DEBUG = False
ALLOWED_HOSTS = ["*"]  # Addresses are only ever built from BASE_URL, never from the Host header.
ROOT_URLCONF = "trunnion.urls"
USE_TZ = True
TIME_ZONE = "UTC"
USE_I18N = False
DATABASES = {"default": ENVIRONMENT.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "trunnion.kernel.apps.KernelConfig",
    *(f"trunnion.{room}.apps.Config" for room in ENVIRONMENT.rooms()),
]
MIDDLEWARE = [
    "trunnion.http.measuring.Measured",
    "trunnion.http.headers.SecurityHeaders",
    "trunnion.http.doors.Doors",
]
TEMPLATES: list[dict[str, object]] = []
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
FILE_UPLOAD_TEMP_DIR = str(ENVIRONMENT.folder("incoming"))
TRUNNION_DELIVERY = "worker"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "structured": {"()": "trunnion.logs.Structured"},
    },
    "handlers": {"out": {"class": "logging.StreamHandler", "formatter": formatter()}},
    "loggers": {
        "trunnion": {"handlers": ["out"], "level": "INFO"},
        "django": {"handlers": ["out"], "level": "ERROR"},
    },
}
