"""The only settings module: place, secrets, applications, web, data, queue, broker, sign-in, language."""

from pathlib import Path

from kiwoomweb.env import addresses, database, flag, number, secret_file, text
from kiwoomweb.schedule import SCHEDULE

# --- place -------------------------------------------------------------------------------------------------

BASE_DIR = Path(__file__).resolve().parent.parent
#: Everything the running program writes: database, queue, keys, logs. One folder to back up.
VAR = Path(text("KIWOOMWEB_VAR", str(BASE_DIR / "var")))

#: Tracebacks in the browser. Never on by default; refused on any address but loopback (see checks.py).
DEBUG = flag("DEBUG", default=False)

# --- secrets -----------------------------------------------------------------------------------------------

#: Signs sessions and forms. Made at first start, kept outside the database.
SECRET_KEY = secret_file("SECRET_KEY", VAR / "keys" / "django.key")
#: The key ring that seals broker keys: one ``version:base64`` line per key, the last line seals.
SEALING_KEYS_FILE = Path(text("SEALING_KEYS_FILE", str(VAR / "keys" / "sealing.keys")))

# --- applications ------------------------------------------------------------------------------------------

INSTALLED_APPS = [
    "daphne",
    "channels",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "csp",
    "django_htmx",
    "django_cotton",  # before template_partials: the other order breaks partials
    "template_partials",
    "allauth",
    "allauth.account",
    "kiwoomweb",
    "kiwoomweb.access",
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
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "csp.context_processors.nonce",
            ],
        },
    },
]

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

# --- data --------------------------------------------------------------------------------------------------

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
DATABASES = {"default": database("DATABASE_URL", VAR / "kiwoomweb.sqlite3")}

# --- queue -------------------------------------------------------------------------------------------------

#: Valkey or Redis. Without it the embedded server listens on a socket file under ``var/``.
REDIS_URL = text("REDIS_URL", f"unix://{VAR / 'valkey' / 'valkey.sock'}")
CHANNEL_LAYERS = {
    "default": {
        "BACKEND": "channels_redis.pubsub.RedisPubSubChannelLayer",
        "CONFIG": {"hosts": [REDIS_URL]},
    }
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": REDIS_URL}}

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

# --- sign-in -----------------------------------------------------------------------------------------------

AUTH_USER_MODEL = "access.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "none"

# --- language ----------------------------------------------------------------------------------------------

LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", "한국어"), ("en", "English")]
LOCALE_PATHS = [BASE_DIR / "kiwoomweb" / "locale"]
TIME_ZONE = "Asia/Seoul"
USE_I18N = True
USE_TZ = True
