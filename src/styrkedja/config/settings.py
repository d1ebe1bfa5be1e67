"""Django's settings. What an operator may change comes from the environment; docs/settings.md lists the names."""

import os
import secrets
from pathlib import Path

from csp.constants import NONE, SELF

from styrkedja.config import embedded
from styrkedja.config.environment import ROOT, database, flag, number, text, var_folder

PACKAGE = ROOT / "src" / "styrkedja"
VAR = var_folder()
DEFINITIONS = Path(text("STYRKEDJA_DEFINITIONS", str(ROOT / "definitions")))
DOCS = Path(text("STYRKEDJA_DOCS", str(ROOT / "docs")))
# Fact tables and cells of indicators, month by month; and the loops over them as compiled code, which numba looks for by the environment.
INDICATOR_STORE = Path(text("INDICATOR_STORE", str(VAR / "indicators")))
os.environ.setdefault("NUMBA_CACHE_DIR", str(VAR / "numba"))


def _secret_key() -> str:
    """From the environment, else made once and kept in var/, so that sessions survive a restart."""
    given = text("SECRET_KEY", "")
    if given:
        return given
    kept = VAR / "secret-key"
    try:
        if not kept.exists():
            VAR.mkdir(parents=True, exist_ok=True)
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(50))
        return kept.read_text().strip()
    except OSError:
        raise SystemExit(
            f"Det går inte att skriva i {VAR}. Ge användaren skrivrätt till mappen eller ange SECRET_KEY och DATABASE_URL."
        ) from None


def _database() -> dict[str, object]:
    """DATABASE_URL, else the embedded server; "none" for commands that need no database."""
    url = text("DATABASE_URL", "")
    if url == "none":
        return {"ENGINE": "django.db.backends.dummy"}
    try:
        return database(url or embedded.ensure_database(VAR / "postgres"))
    except embedded.EmbeddedError as error:
        raise SystemExit(str(error)) from None


SECRET_KEY = _secret_key()
DEBUG = flag("DEBUG", False)
ALLOWED_HOSTS = text("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1],testserver").split(",")
CSRF_TRUSTED_ORIGINS = [origin for origin in text("CSRF_TRUSTED_ORIGINS", "").split(",") if origin]
HTTPS = flag("HTTPS", False)
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_SSL_REDIRECT = HTTPS
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if flag("BEHIND_PROXY", False) else None
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_AGE = number("SESSION_SECONDS", 8 * 3600)
SESSION_COOKIE_HTTPONLY = True

# The two first: their templates win over those of the libraries.
INSTALLED_APPS = [
    "styrkedja.ui",
    "styrkedja.accounts",
    "django.forms",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django_htmx",
    "csp",
    "axes",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "procrastinate.contrib.django",
    "styrkedja.ledger",
    "styrkedja.organisations",
    "styrkedja.workflows",
    "styrkedja.indicators",
    "styrkedja.cases",
    "styrkedja.decisions",
    "styrkedja.steering",
    "styrkedja.effects",
    "styrkedja.audits",
    "styrkedja.controls",
    "styrkedja.chain",
    "styrkedja.procedures",
    "styrkedja.home",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "styrkedja.ui.reading.ReadingMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "styrkedja.accounts.middleware.AccountLanguageMiddleware",
    "styrkedja.ledger.middleware.RefusalsOnRecordMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "styrkedja.config.urls"
WSGI_APPLICATION = "styrkedja.config.wsgi.application"
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
    }
]
FORM_RENDERER = "styrkedja.ui.forms.StyrkedjaRenderer"

DATABASES = {"default": _database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": number("PASSWORD_LENGTH", 12)}},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
CSRF_FAILURE_VIEW = "styrkedja.ui.views.csrf_failure"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_ADAPTER = "styrkedja.accounts.adapters.ClosedAccountAdapter"
ACCOUNT_FORMS = {
    "login": "styrkedja.accounts.forms.LoginForm",
    "reauthenticate": "styrkedja.accounts.forms.ReauthenticateForm",
    "change_password": "styrkedja.accounts.forms.ChangePasswordForm",
    "set_password": "styrkedja.accounts.forms.SetPasswordForm",
}
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_USER_MODEL_USERNAME_FIELD = "username"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
MFA_ADAPTER = "styrkedja.accounts.adapters.TwoStepAdapter"
MFA_FORMS = {
    "authenticate": "styrkedja.accounts.forms.AuthenticateForm",
    "reauthenticate": "styrkedja.accounts.forms.ReauthenticateCodeForm",
    "activate_totp": "styrkedja.accounts.forms.ActivateAppForm",
    "add_webauthn": "styrkedja.accounts.forms.AddKeyForm",
    "edit_webauthn": "styrkedja.accounts.forms.RenameKeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = "Styrkedja"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
AXES_FAILURE_LIMIT = number("LOGIN_ATTEMPTS", 10)
AXES_COOLOFF_TIME = number("LOGIN_LOCKOUT_HOURS", 1)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "accounts/locked_out.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", "Svenska"), ("en", "English")]
LOCALE_PATHS = [PACKAGE / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_I18N = USE_TZ = True
FORMAT_MODULE_PATH = ["styrkedja.ui.formats"]

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

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
    }
}

EMAIL_BACKEND = text("EMAIL_BACKEND", "django.core.mail.backends.console.EmailBackend")
EMAIL_HOST = text("EMAIL_HOST", "localhost")
EMAIL_PORT = number("EMAIL_PORT", 25)
EMAIL_USE_TLS = flag("EMAIL_TLS", False)
EMAIL_TIMEOUT = number("EMAIL_SECONDS", 10)
EMAIL_HOST_USER = text("EMAIL_USER", "")
EMAIL_HOST_PASSWORD = text("EMAIL_PASSWORD", "")
DEFAULT_FROM_EMAIL = text("EMAIL_FROM", "styrkedja@localhost")
SITE_ADDRESS = text("SITE_ADDRESS", f"http://localhost:{number('PORT', 8000)}")

# Who answers for the service, and where faults in its accessibility are reported: the statement at /tillganglighet/ says so.
SERVICE_OWNER = text("SERVICE_OWNER", "")
ACCESSIBILITY_EMAIL = text("ACCESSIBILITY_EMAIL", "")

# Limits: each may be changed by the operator.
MAX_UPLOAD_BYTES = number("MAX_UPLOAD_BYTES", 25 * 1024 * 1024)
DOCUMENT_FORMATS = tuple(
    ending.strip().casefold()
    for ending in text("DOCUMENT_FORMATS", "pdf,docx,odt,doc,rtf,txt,xlsx,ods,xls,csv,pptx,odp,ppt,png,jpg,jpeg,eml,msg").split(",")
    if ending.strip()
)
UNATTACHED_FILE_DAYS = number("UNATTACHED_FILE_DAYS", 7)
MAX_UNPACKED_BYTES = number("MAX_UNPACKED_BYTES", 100 * 1024 * 1024)
MAX_DOCUMENT_PAGES = number("MAX_DOCUMENT_PAGES", 500)
MAX_DOCUMENT_CHARACTERS = number("MAX_DOCUMENT_CHARACTERS", 500_000)
MAX_SHEET_ROWS = number("MAX_SHEET_ROWS", 50_000)
MAX_DISCLOSURE_CELLS = number("MAX_DISCLOSURE_CELLS", 50_000)
MAX_SHEET_COLUMNS = number("MAX_SHEET_COLUMNS", 60)
MAX_ROUTINE_BYTES = number("MAX_ROUTINE_BYTES", 2 * 1024 * 1024)
MAX_ROUTINE_NODES = number("MAX_ROUTINE_NODES", 2_000)
MAX_ROUTINE_STATES = number("MAX_ROUTINE_STATES", 200_000)
MAX_TABLE_ROWS = number("MAX_TABLE_ROWS", 200)
SEARCHED_CHOICES = number("SEARCHED_CHOICES", 12)
PAGE_SIZE = number("PAGE_SIZE", 25)
MAX_LISTED_CASES = number("MAX_LISTED_CASES", 500)
MAX_FOUND_CASES = number("MAX_FOUND_CASES", 100)
# Figures of fewer than so many persons or events are not shown to readers without right of access to them.
DISCLOSURE_THRESHOLD = number("DISCLOSURE_THRESHOLD", 5)
DATA_UPLOAD_MAX_MEMORY_SIZE = number("MAX_FORM_BYTES", 5 * 1024 * 1024)
DATA_UPLOAD_MAX_NUMBER_FIELDS = number("MAX_FORM_FIELDS", 5_000)

MAX_FACT_BYTES = number("MAX_FACT_BYTES", 4 * 1024 * 1024 * 1024)

# Who publishes ready values.
KOLADA_ADDRESS = text("KOLADA_ADDRESS", "https://api.kolada.se/v3")
VIS_ADDRESS = text("VIS_ADDRESS", "https://api.vardenisiffror.se/webapi")
FETCH_SECONDS = number("FETCH_SECONDS", 60)

# Planned time: what holds for a step that the county's lead times do not name.
DEFAULT_REMIND_BEFORE = number("REMIND_WORKING_DAYS_BEFORE", 2)
DEFAULT_ESCALATE_AFTER = number("ESCALATE_WORKING_DAYS_AFTER", 5)
NOTICE_MAIL_MINUTES = number("NOTICE_MAIL_MINUTES", 15)
NOTICE_DAYS = number("NOTICE_DAYS", 90)
DUTIES_AHEAD_DAYS = number("DUTIES_AHEAD_DAYS", 30)
SENT_FORM_DAYS = number("SENT_FORM_DAYS", 30)

ADOPTION_DAYS_BEFORE = number("ADOPTION_DAYS_BEFORE", 365)  # an earlier day than so long before the period is a slip of the pen

# What the pages of a routine call its steps' kinds: the catalogue stands on a floor above them.
STEP_KINDS = "styrkedja.procedures.kinds.catalogue.CATALOGUE"
# What of the chain an indicator is tied to: the chain stands on a floor above the indicators.
INDICATOR_TIES = "styrkedja.chain.ties.ties"

# The job worker. Tasks are looked up by name when a worker starts, so that no other process pays for loading them.
WORKER_SILENT_SECONDS = number("WORKER_SILENT_SECONDS", 30)
FAILED_JOB_DAYS = number("FAILED_JOB_DAYS", 30)
PROCRASTINATE_AUTODISCOVER_MODULE_NAME = ""
PROCRASTINATE_IMPORT_PATHS = ["styrkedja.workflows.tasks", "styrkedja.cases.tasks"]
PROCRASTINATE_WORKER_DEFAULTS = {
    "concurrency": number("WORKER_JOBS", 2),
    "delete_jobs": "successful",
    "update_heartbeat_interval": 10,
    "stalled_worker_timeout": WORKER_SILENT_SECONDS,
    "shutdown_graceful_timeout": 20,
}
PROCRASTINATE_PERIODIC_DEFAULTS = {"max_delay": 24 * 3600}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "filters": {"refusals": {"()": "styrkedja.config.logs.RefusalsInOneLine"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line", "filters": ["refusals"]}},
    "root": {"handlers": ["console"], "level": text("LOG_LEVEL", "WARNING")},
    "loggers": {"styrkedja": {"level": text("LOG_LEVEL", "INFO")}},
}
