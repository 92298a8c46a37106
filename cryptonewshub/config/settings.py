"""Every setting, top to bottom. What an operator may change comes from the environment: docs/reference/settings.md."""

from __future__ import annotations

from cryptonewshub.config.database import database_of
from cryptonewshub.config.environment import (
    caches,
    flag,
    language,
    level,
    names,
    site_address,
    text,
    whole_number,
    zone,
)
from cryptonewshub.config.home import Home
from cryptonewshub.config.valkey import cache_of

# Where the newsroom lives, and where readers find it.
CNH_HOME = Home.from_environment()
CNH_BASE_URL = site_address("CNH_BASE_URL", "http://localhost:8000")
CNH_SEARCH_URL = text("CNH_SEARCH_URL", "")
CNH_WEBSUB_HUB = text("CNH_WEBSUB_HUB", "")
CNH_STORE_URL = text("CNH_STORE_URL", "")
CNH_STORE_KEY_ID = text("CNH_STORE_KEY_ID", "")
CNH_STORE_SECRET = text("CNH_STORE_SECRET", "")
CNH_STORE_REGION = text("CNH_STORE_REGION", "us-east-1")
CNH_STORE_GZIP = flag("CNH_STORE_GZIP", False)
CNH_CACHES = caches("CNH_CACHES")
CNH_SECURITY_CONTACT = text("CNH_SECURITY_CONTACT", "")
CNH_BEHIND_PROXY = flag("CNH_BEHIND_PROXY", False)
CNH_READER_PROCESSES = whole_number("CNH_READER_PROCESSES", 1)
CNH_READER_MEMORY = whole_number("CNH_READER_MEMORY", 64)
CNH_LANGUAGE = language("CNH_LANGUAGE", "en")
CNH_METRICS = text("CNH_METRICS", "")
CNH_STORIES_ON_FRONT = whole_number("CNH_STORIES_ON_FRONT", 40)

# Places in private networks, or at unusual ports, that sources may be captured from all the same: 'host:port'.
CNH_FETCH_ALLOWED = names("CNH_FETCH_ALLOWED", "")

DEBUG = flag("CNH_DEBUG", False)
SECRET_KEY = CNH_HOME.secret("django-secret-key") if CNH_HOME.keys.exists() else "not-a-newsroom-yet"
ALLOWED_HOSTS = names("CNH_HOSTS", "localhost,127.0.0.1,[::1]")
CSRF_TRUSTED_ORIGINS = [CNH_BASE_URL]
SECURE_COOKIES = CNH_BASE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_COOKIES
SESSION_COOKIE_NAME = "__Host-session" if SECURE_COOKIES else "session"
SESSION_COOKIE_AGE = 12 * 60 * 60
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "SAMEORIGIN"  # the editor shows its preview in a frame of the same origin

INSTALLED_APPS = [
    # the stages, in the order in which data travels
    "cryptonewshub.people",
    "cryptonewshub.sources",
    "cryptonewshub.articles",
    "cryptonewshub.accuracy",
    "cryptonewshub.editions",
    "cryptonewshub.comments",
    "cryptonewshub.delivery",
    "cryptonewshub.config",
    # what they stand on
    "wagtail.contrib.settings",
    "wagtail.users",
    "wagtail.sites",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "cryptonewshub.config.headers.admin_headers",
    "cryptonewshub.config.refusals.ExplainRefusals",
    "cryptonewshub.config.away.ExplainAbsence",
]

ROOT_URLCONF = "cryptonewshub.config.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
            ],
        },
    },
]

DATABASES = {"default": database_of(text("CNH_DATABASE_URL", ""), CNH_HOME.database)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
CACHES = {"default": cache_of(text("CNH_VALKEY_URL", ""))}

AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]

LANGUAGE_CODE = "en-gb"
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [("en-gb", "English")]
USE_I18N = True
USE_TZ = True
TIME_ZONE = zone("CNH_TIME_ZONE", "Europe/Oslo")

STATIC_URL = "/static/"
MEDIA_URL = "/uploads/"
MEDIA_ROOT = CNH_HOME.media
FILE_UPLOAD_PERMISSIONS = 0o644
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000

# Mail goes to a server when one is named, and else to the terminal.
EMAIL_HOST = text("CNH_EMAIL_HOST", "")
EMAIL_BACKEND = f"django.core.mail.backends.{'smtp' if EMAIL_HOST else 'console'}.EmailBackend"
EMAIL_PORT = whole_number("CNH_EMAIL_PORT", 25)
EMAIL_HOST_USER = text("CNH_EMAIL_USER", "")
EMAIL_HOST_PASSWORD = text("CNH_EMAIL_PASSWORD", "")
EMAIL_USE_TLS = flag("CNH_EMAIL_TLS", False)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = text("CNH_EMAIL_FROM", f"newsroom@{CNH_BASE_URL.partition('://')[2].partition(':')[0]}")

WAGTAIL_SITE_NAME = "CryptoNewsHub"
WAGTAILADMIN_BASE_URL = CNH_BASE_URL
WAGTAIL_WORKFLOW_REQUIRE_REAPPROVAL_ON_EDIT = True
WAGTAIL_FINISH_WORKFLOW_ACTION = "cryptonewshub.accuracy.workflows.publish_what_was_approved"
WAGTAIL_PASSWORD_RESET_ENABLED = False
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_MAX_IMAGE_PIXELS = 40_000_000
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp"]
# The editor's browser calls nobody: no avatar service, no release check, no banner.
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"},
        "json": {"()": "cryptonewshub.config.logs.JsonLines"},
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "json" if flag("CNH_LOG_JSON", False) else "line"}
    },
    "root": {"handlers": ["stderr"], "level": level("CNH_LOG_LEVEL", "WARNING")},
}
