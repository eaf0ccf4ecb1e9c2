"""Django's settings: one instance is one association, all it owns lies under `FABRIQUE_DATA`.

Read from the environment: `FABRIQUE_DATA` (folder), `FABRIQUE_URL` (public address),
`FABRIQUE_DATABASE_URL` (postgres://…, where SQLite is outgrown), `FABRIQUE_TIME_ZONE`,
`FABRIQUE_MAIL_URL` (smtp://…: without it no mail is sent), `FABRIQUE_MAIL_FROM`,
`FABRIQUE_OIDC_URL`, `_CLIENT`, `_SECRET`, `_NAME` (an OpenID Connect provider to sign in with),
`FABRIQUE_MODEL_URL`, `FABRIQUE_MODEL`, `FABRIQUE_MODEL_KEY`, `FABRIQUE_MODEL_LOCAL` (a model that
drafts), `FABRIQUE_JITSI_URL`, and for Zoom `FABRIQUE_ZOOM_ACCOUNT`, `_CLIENT`, `_SECRET`, `_USER`,
`FABRIQUE_NAME` (of the association), `FABRIQUE_LIST` (the address of its mailing list),
`FABRIQUE_LIST_LEAVE` (where one leaves that list), `FABRIQUE_DISCORD_NAME` (the secret address of
a webhook; NAME is shown), `FABRIQUE_EMBED_HOSTS` (the sites that may frame what is public).
"""

from __future__ import annotations

import importlib.util
import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from fabrique.store import sqlite
from fabrique.store.mail import Post, post
from fabrique.store.secret import secret_key

HERE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("FABRIQUE_DATA", "data")).resolve()
DATA.mkdir(mode=0o700, parents=True, exist_ok=True)
PUBLIC_URL = os.environ.get("FABRIQUE_URL", "http://localhost:8000").rstrip("/")
_public = urlsplit(PUBLIC_URL)
_secure = _public.scheme == "https"

SECRET_KEY = secret_key(DATA / "secret")
DEBUG = False
ALLOWED_HOSTS = [_public.hostname or "localhost", "localhost", "127.0.0.1", "[::1]"]
CSRF_TRUSTED_ORIGINS = [f"{_public.scheme}://{_public.netloc}"]


def _sqlite(name: str) -> dict[str, Any]:
    version = sqlite.driver().sqlite_version_info
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": DATA / name,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "timeout": 20,  # whoever wants a seat in a rush waits, and is not turned away
            "transaction_mode": "IMMEDIATE",
            "init_command": ";".join(sqlite.pragmas(version)),
        },
    }


def _postgres(address: str) -> dict[str, Any]:
    url = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(url.path.removeprefix("/")),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": str(url.port or ""),
        "CONN_MAX_AGE": None,
        "CONN_HEALTH_CHECKS": True,  # PostgreSQL may have been started anew
    }


_database = os.environ.get("FABRIQUE_DATABASE_URL")
DATABASES = {
    "default": _postgres(_database) if _database else _sqlite("fabrique.sqlite3"),
    "journal": _sqlite("journal.sqlite3"),  # of the hub's one writer, wherever the tables are
}
DATABASE_ROUTERS = ["fabrique.store.router.Router"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "store.Person"
LOGIN_URL = "/account/enter/"
LOGIN_REDIRECT_URL = "/me/"

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "fabrique.store",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
]
if importlib.util.find_spec("fabrique.web.middleware"):
    MIDDLEWARE.insert(1, "fabrique.web.middleware.Headers")
ROOT_URLCONF = "fabrique.web.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [HERE / "web/templates"],
        "OPTIONS": {
            # Named here rather than by its app, which loads Django's admin.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            ["django.template.loaders.filesystem.Loader"],
                        )
                    ],
                )
            ],
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "template_partials.templatetags.partials",
                "fabrique.web.filters",
                "fabrique.web.written",
            ],
            "libraries": {"days": "fabrique.web.days_tags"},
        },
    }
]

LANGUAGE_CODE = "fr"
LANGUAGES = [("fr", "français"), ("en", "English")]
LOCALE_PATHS = [HERE / "locale"]
TIME_ZONE = os.environ.get("FABRIQUE_TIME_ZONE", "Europe/Paris")
USE_TZ = True

_mail = post(os.environ.get("FABRIQUE_MAIL_URL", ""))
MAILS = _mail != Post()  # whether mail leaves this house: what needs it says so where it does not
MAIL_FROM = os.environ.get("FABRIQUE_MAIL_FROM") or f"fabrique@{_public.hostname or 'localhost'}"
EMAIL_BACKEND, EMAIL_FILE_PATH = _mail.backend, _mail.folder
EMAIL_HOST, EMAIL_PORT = _mail.host, _mail.port
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = _mail.user, _mail.password
EMAIL_USE_TLS, EMAIL_USE_SSL = _mail.starts_tls, _mail.is_tls
EMAIL_TIMEOUT = 20
HOUSE_NAME = os.environ.get("FABRIQUE_NAME") or "Fabrique"
MAIL_LIST = os.environ.get("FABRIQUE_LIST", "")
MAIL_LIST_LEAVE = os.environ.get("FABRIQUE_LIST_LEAVE", "")
_hook = "FABRIQUE_DISCORD_"  # secrets: read here, shown nowhere, used by the worker alone
DISCORD = {n.removeprefix(_hook).lower(): u for n, u in os.environ.items() if n.startswith(_hook)}
EMBED_HOSTS = tuple(os.environ.get("FABRIQUE_EMBED_HOSTS", "").replace(",", " ").split())

# Signing in: by a code that is typed. Nobody has a password, and no link in a mail does anything.
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
ACCOUNT_ADAPTER = "fabrique.web.entrance.Adapter"
ACCOUNT_SIGNUP_FORM_CLASS = "fabrique.web.entrance.Named"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_SESSION_REMEMBER = True
# Three tries a code, twelve codes an hour to one address: guessing finds one in 28,000 an hour.
ACCOUNT_RATE_LIMITS = {"request_login_code": "60/m/ip,6/30m/key", "signup": "60/m/ip"}
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "dashed": False, "length": 6}
SOCIALACCOUNT_ADAPTER = "fabrique.web.entrance.Elsewhere"
SOCIALACCOUNT_STORE_TOKENS = False
# Whoever sets a provider up trusts what it says of addresses that it has verified.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
OIDC = os.environ.get("FABRIQUE_OIDC_URL", "")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": os.environ.get("FABRIQUE_OIDC_NAME", "OpenID Connect"),
                "client_id": os.environ.get("FABRIQUE_OIDC_CLIENT", ""),
                "secret": os.environ.get("FABRIQUE_OIDC_SECRET", ""),
                "settings": {"server_url": OIDC},
            }
        ]
        if OIDC
        else [],
    }
}

# The house's accounts with video providers (fabrique/video), by name in lower case.
VIDEO = {
    name: os.environ.get(f"FABRIQUE_{name.upper()}", "")
    for name in (
        "jitsi_url",
        "zoom_account",
        "zoom_client",
        "zoom_secret",
        "zoom_user",
        "zoom_api",
        "zoom_token",
    )
}

# The language model of others that a session may agree to (jobs/endpoint.py): off without a name.
MODEL: dict[str, Any] = {
    "url": os.environ.get("FABRIQUE_MODEL_URL", "").rstrip("/"),
    "name": os.environ.get("FABRIQUE_MODEL", ""),
    "key": os.environ.get("FABRIQUE_MODEL_KEY", ""),
    # It runs on this machine or its network: else its address is a public one, and secret (https).
    "local": os.environ.get("FABRIQUE_MODEL_LOCAL", "") == "1",
    "patience": 300.0,  # seconds for one answer
}

STATIC_URL = "/static/"
STATICFILES_DIRS = [path for path in (HERE / "web/static/dist",) if path.is_dir()]
STATIC_ROOT = DATA / "static"
STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
WHITENOISE_MANIFEST_STRICT = False
MEDIA_ROOT = DATA / "media"
WHITENOISE_KEEP_ONLY_HASHED_FILES = False

# Only a facilitator or a signed-in person ever has a session; a participant has a signed seat.
_own = "__Host-" if _secure else ""
SESSION_COOKIE_NAME = f"{_own}session"
SESSION_COOKIE_SECURE = _secure
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_COOKIE_NAME = f"{_own}csrf"
CSRF_FAILURE_VIEW = "fabrique.web.pages.errors.stale_form"
CSRF_COOKIE_SECURE = _secure
CSRF_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_NAME = f"{_own}language"
LANGUAGE_COOKIE_SECURE = _secure
LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
SECURE_CONTENT_TYPE_NOSNIFF = True
# Not "no-referrer": browsers then send forms with a null Origin, which no CSRF check can accept.
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 30 * 24 * 3600 if _secure else 0
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "fabrique.web.logs.Tokenless",
            "format": "{levelname} {name}: {message}",
            "style": "{",
        }
    },
    "handlers": {
        "stderr": {"class": "logging.StreamHandler", "formatter": "line"},
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    # Whoever asks under another name is told on the page; a trace in the log helps nobody.
    "loggers": {"django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False}},
}
