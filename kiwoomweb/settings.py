"""The only settings module: place, secrets, apps, web, data, queue, broker, people, safety, language."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONCE, NONE, SELF

from kiwoomweb.env import addresses, database, flag, mail, number, read_file, secret_file, text
from kiwoomweb.operation.valkey import socket_file
from kiwoomweb.schedule import SCHEDULE

# --- place -------------------------------------------------------------------------------------------------

BASE_DIR = Path(__file__).resolve().parent.parent
#: A file of ``NAME=value`` lines (see .env.example). Empty: none is read.
read_file(text("KIWOOMWEB_ENV", str(BASE_DIR / ".env")))
#: Everything the running program writes: database, queue, keys, logs. To back up, with the desk's key below.
VAR = Path(text("KIWOOMWEB_VAR", str(BASE_DIR / "var")))

#: Tracebacks in the browser. Never on by default; refused on any address but loopback (see checks.py).
DEBUG = flag("DEBUG", default=False)

# --- secrets -----------------------------------------------------------------------------------------------

#: Signs sessions and forms. Made at first start, kept outside the database.
SECRET_KEY = secret_file("SECRET_KEY", VAR / "keys" / "django.key")
#: The key ring that seals broker keys: one ``version:base64`` line per key, the last line seals.
SEALING_KEYS_FILE = Path(text("SEALING_KEYS_FILE", str(VAR / "keys" / "sealing.keys")))
#: Opens account keys: the order process alone reads it, so it lies outside the folder that all processes share.
DESK_KEYS_FILE = Path(text("DESK_KEYS_FILE", str(VAR.with_name(f"{VAR.name}-desk") / "desk.keys")))
#: Where the order process hands out access tokens.
DESK_SOCKET = socket_file(VAR / "run", "desk.sock")
#: Seals the entries of the audit trail, in the same form. Made at first start.
AUDIT_KEYS_FILE = SEALING_KEYS_FILE.with_name("audit.keys")

#: Sign-in through an OpenID Connect issuer (its address, without ``/.well-known``). Empty: there is none.
OIDC_URL = text("OIDC_URL", "")

# --- applications ------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    # Daphne and WhiteNoise only adapt "runserver"; loading Daphne costs every process a second and 25 MB.
    *(["daphne", "whitenoise.runserver_nostatic"] if DEBUG else []),
    "channels",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "django_htmx",
    # Their default configurations rewrite the loaders and undo each other: the loaders are spelt out below.
    "django_cotton.apps.SimpleAppConfig",
    "template_partials.apps.SimpleAppConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    # Only where an issuer is set: its client libraries cost every process some megabytes.
    *(["allauth.socialaccount", "allauth.socialaccount.providers.openid_connect"] if OIDC_URL else []),
    "kiwoomweb",
    "kiwoomweb.access",
    "kiwoomweb.notices",
    "kiwoomweb.ui",
    "market",
    "orders",
    "portfolio",
]

# --- web ---------------------------------------------------------------------------------------------------

ALLOWED_HOSTS = addresses("ALLOWED_HOSTS", "127.0.0.1,localhost,[::1]")
CSRF_TRUSTED_ORIGINS = addresses("CSRF_TRUSTED_ORIGINS", "")
ROOT_URLCONF = "kiwoomweb.urls"
ASGI_APPLICATION = "kiwoomweb.asgi.application"

MIDDLEWARE = [
    "kiwoomweb.access.hardening.headers.SafeHeaders",
    "kiwoomweb.once.remembering",
    "kiwoomweb.access.hardening.methods.RefuseOddMethods",
    "kiwoomweb.access.hardening.plain.RefusePlain",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "kiwoomweb.access.hardening.origins.RefuseForeignRequests",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kiwoomweb.access.hardening.rates.LimitRequests",
    "kiwoomweb.access.middleware.ReadersLanguage",
    "kiwoomweb.access.middleware.seeing",
    "kiwoomweb.access.middleware.staying",
    "kiwoomweb.access.hardening.tenancy.keep_to_own_accounts",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kiwoomweb.ui.uploads.RefuseBigUploads",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "OPTIONS": {
            # Partials see what cotton has compiled, and each file is compiled once.
            "loaders": [
                (
                    "template_partials.loader.Loader",
                    [
                        (
                            "django.template.loaders.cached.Loader",
                            [
                                "django_cotton.cotton_loader.Loader",
                                "django.template.loaders.filesystem.Loader",
                                "django.template.loaders.app_directories.Loader",
                            ],
                        )
                    ],
                )
            ],
            "builtins": ["django_cotton.templatetags.cotton"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
                "portfolio.context.shell",
            ],
        },
    },
]

#: Messages are dressed as banners are: ok, warn, danger.
MESSAGE_TAGS = {25: "ok", 30: "warn", 40: "danger"}

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

#: Scripts are ours alone: files of this site, or inline with this answer's nonce; nothing evaluates text.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF, NONCE],
        #: The hash is that of the empty sheet into which Plotly writes its rules.
        "style-src": [SELF, "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        #: A form that leads to the issuer is sent here first and led on.
        "form-action": [SELF, *([urlsplit(OIDC_URL)._replace(path="").geturl()] if OIDC_URL else [])],
        "frame-ancestors": [NONE],
        #: Text becomes script nowhere: the one policy is that of static/js/trusted.js.
        "require-trusted-types-for": ["'script'"],
        "trusted-types": ["default"],
    }
}

# --- data --------------------------------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": database("DATABASE_URL", VAR / "kiwoomweb.sqlite3")}

# --- queue -------------------------------------------------------------------------------------------------

#: Valkey or Redis. Without it the embedded server listens on a socket file under ``var/``.
REDIS_URL = text("REDIS_URL", f"unix://{socket_file(VAR / 'valkey')}")
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        # By the newer protocol every message would be written out for a log that nobody keeps.
        "CONFIG": {"hosts": [{"address": REDIS_URL, "protocol": 2}]},
    }
}
CACHES = {
    "default": {
        "BACKEND": "kiwoomweb.cache.SharedRedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"serializer": "kiwoomweb.access.hardening.sealed_cache.SealedSerializer"},
    }
}

#: Who puts a task on the queue (see later.py). Tests put a list here.
TASK_QUEUE = "kiwoomweb.celery.send"
#: Celery spells a Redis socket file its own way.
CELERY_BROKER_URL = REDIS_URL.replace("unix://", "redis+socket://", 1)
CELERY_TASK_SERIALIZER = "json"
CELERY_ACCEPT_CONTENT = ["json"]
#: Nobody waits for a task's answer: what it did is in the database.
CELERY_TASK_IGNORE_RESULT = True
#: A task is off the queue only when it is done, and may therefore run twice: every task claims its work first.
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
#: Threads share one small process; a slow task must not hide others that were fetched with it.
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
#: The longest a task can run before the queue gives it to somebody else, in seconds.
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 3600}
# No time limits: a thread cannot be stopped from outside. Every call to the broker has a timeout of its own.
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "Asia/Seoul"
CELERY_BEAT_SCHEDULE = SCHEDULE
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat.schedule")
#: Beat sleeps at most this long, in seconds, so that it notices a stop quickly.
CELERY_BEAT_MAX_LOOP_INTERVAL = 5

# --- the broker --------------------------------------------------------------------------------------------

#: Where the simulator listens. The environment of an account is an address, never an ``if``.
SIMULATOR_HOST = text("SIMULATOR_HOST", "127.0.0.1")
SIMULATOR_PORT = number("SIMULATOR_PORT", 8765)
#: Whether the start command runs a simulator beside us, so that a practice account can be offered.
DEMO = flag("KIWOOMWEB_DEMO", default=False)
#: Real accounts. Off while DEBUG shows source and settings to whoever causes an error (see checks.py).
LIVE_ALLOWED = flag("KIWOOMWEB_LIVE", default=not DEBUG)

# --- sign-in -----------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"
#: Nobody signs up by themselves: the first user comes by the one-time address, the others by invitation.
ACCOUNT_ADAPTER = "kiwoomweb.access.adapter.Adapter"
ACCOUNT_LOGOUT_REDIRECT_URL = "/accounts/login/"
#: Guesses are slowed by our own buckets (access/patience.py), which know the person's devices.
ACCOUNT_RATE_LIMITS = {"login": None, "login_failed": None, "change_password": "5/m/user"}
#: How many proxies of yours stand before us; none means that the caller's address is taken as it comes.
ALLAUTH_TRUSTED_PROXY_COUNT = number("TRUSTED_PROXIES", 0)
#: Length is what makes a password strong; what everybody uses, or what is one's own name, is refused.
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "kiwoomweb.access.password_rules.NotEndless"},
    {"NAME": "kiwoomweb.access.password_rules.NotOurs"},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "display_name")},
    },
]
#: A day at the screen is one session; the next morning asks for the password again.
SESSION_ENGINE = "kiwoomweb.access.session_store"
SESSION_COOKIE_AGE = number("SESSION_HOURS", 14) * 3600
#: Seconds after which a session with no page open and nothing asked is over (see access/session_store.py).
SESSION_IDLE = number("SESSION_IDLE_MINUTES", 30) * 60
#: The link of a forgotten password, in seconds.
PASSWORD_RESET_TIMEOUT = 3600
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_FORMS = {"reset_password": "kiwoomweb.access.forgotten_form.ForgottenForm"}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
ACCOUNT_SESSION_REMEMBER = True
#: The issuer knows this site as; the secret may come from a file (``OIDC_CLIENT_SECRET_FILE``).
OIDC_NAME = text("OIDC_NAME", "OpenID")
SOCIALACCOUNT_PROVIDERS = {
    "openid_connect": {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "sso",
                "name": OIDC_NAME,
                "client_id": text("OIDC_CLIENT_ID", ""),
                "secret": text("OIDC_CLIENT_SECRET", ""),
                "settings": {"server_url": OIDC_URL},
            }
        ],
    }
}
SOCIALACCOUNT_ADAPTER = "kiwoomweb.access.oidc.Adapter"
SOCIALACCOUNT_REQUESTS_TIMEOUT = 5
#: The one-time code of the first user, and the practice account's key pair: both made by the start command.
SETUP_CODE_FILE = VAR / "keys" / "setup.code"
DEMO_KEYS_FILE = VAR / "keys" / "demo.json"
#: Where mail goes, e.g. ``smtp+tls://user:password@host:587``. Without it nothing is mailed and pages say so.
MAIL = mail("EMAIL_URL")
#: What a library mails goes through the outbox, too (notices); the server's own settings are read there.
EMAIL_BACKEND = "kiwoomweb.notices.outbox_backend.EmailBackend"
EMAIL_HOST, EMAIL_PORT = MAIL["EMAIL_HOST"], MAIL["EMAIL_PORT"]
EMAIL_HOST_USER, EMAIL_HOST_PASSWORD = MAIL["EMAIL_HOST_USER"], MAIL["EMAIL_HOST_PASSWORD"]
EMAIL_USE_TLS, EMAIL_USE_SSL = MAIL.get("EMAIL_USE_TLS", False), MAIL.get("EMAIL_USE_SSL", False)
DEFAULT_FROM_EMAIL = text("EMAIL_FROM", "kiwoomweb@localhost")
#: Whether a forgotten password can be reset by mail.
CAN_MAIL = not MAIL["EMAIL_BACKEND"].endswith("dummy.EmailBackend")
#: Whether two mails with the same Message-ID end as one in the mailbox, as with many servers. Then a letter is
#: sent again when nobody heard whether it was taken; else it is shown as unsure and left to its owner.
EMAIL_REPEATS = flag("EMAIL_REPEATS", default=False)
#: How browsers reach this site, for links in mails.
SITE_ADDRESS = text("SITE_ADDRESS", next(iter(CSRF_TRUSTED_ORIGINS), "http://127.0.0.1:8000"))
#: Webhooks never go to this machine or its network. Only tests and drills, which have no other, set this.
NOTICES_LOOPBACK = False

# --- safety ------------------------------------------------------------------------------------------------

#: A certificate with its chain, and its key, as PEM files: the site speaks TLS itself, without a proxy.
TLS_CERTIFICATE, TLS_KEY = text("KIWOOMWEB_TLS_CERTIFICATE", ""), text("KIWOOMWEB_TLS_KEY", "")
#: Set when browsers come by HTTPS, through a proxy of yours that sets X-Forwarded-Proto. Everything follows.
HTTPS = flag("KIWOOMWEB_HTTPS", default=bool(TLS_CERTIFICATE))
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS and not TLS_CERTIFICATE else None
SECURE_SSL_REDIRECT = HTTPS
#: Asked from this very machine, without the proxy.
SECURE_REDIRECT_EXEMPT = ["^healthz$"]
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
#: ``__Host-``: no other host of the domain, and no page without HTTPS, can put a cookie of that name.
SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = (
    ("__Host-sessionid", "__Host-csrftoken") if HTTPS else ("sessionid", "csrftoken")
)
#: Forms and htmx carry the token; no script needs to read the cookie.
CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
LANGUAGE_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "kiwoomweb.ui.failures.forged"
#: Requests at once, and a second after that: of a person, and of an address nobody has signed in from.
RATE_PERSON, RATE_VISITOR = (1_000, 50.0), (300, 20.0)
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
#: security.W021 asks for HSTS preload: a promise about a whole domain, for its owner to make, not for us.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

#: To the terminal; the supervisor keeps one file for each process. Nothing here may show a key or a token.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {
            "()": "kiwoomweb.log_lines.OneEntry",
            "fmt": "%(asctime)s %(levelname)s %(name)s: %(message)s",
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        # Where it misses a word it writes down all a page was given, typed keys among it: never, however loud.
        "django.template": {"level": "WARNING"},
        # These write a line for every request and every task, several a second, for ever.
        "httpx": {"level": "WARNING"},
        "celery.app.trace": {"level": "WARNING"},
        "celery.worker.strategy": {"level": "WARNING"},
    },
}

# --- language ----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "kiwoomweb" / "locale"]
TIME_ZONE = "Asia/Seoul"
USE_I18N = True
USE_TZ = True
