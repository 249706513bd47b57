"""The product's settings with what tests need otherwise: a scratch folder, fast hashes, a queue in memory."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

SCRATCH = Path(tempfile.mkdtemp(prefix="kiwoomweb-tests-"))
atexit.register(shutil.rmtree, SCRATCH, ignore_errors=True)
os.environ["KIWOOMWEB_VAR"] = str(SCRATCH)
os.environ["DESK_KEYS_FILE"] = str(SCRATCH / "desk" / "desk.keys")
os.environ["KIWOOMWEB_ENV"] = ""
os.environ["OIDC_URL"] = "http://127.0.0.1:9/issuer"  # tests say where theirs is
os.environ["OIDC_CLIENT_ID"], os.environ["OIDC_CLIENT_SECRET"] = "kiwoomweb", "issuers-secret"

from kiwoomweb.settings import *  # noqa: E402, F403
from kiwoomweb.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

STATIC_ROOT.mkdir()  # the server of static files insists on its folder

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
# A test asks faster than a person; what is limited is tried where the limit is the point.
RATE_PERSON = RATE_VISITOR = (1_000_000, 1_000_000.0)
TASK_QUEUE = "tests.queue.remember"
STORAGES = {**STORAGES, "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}}

if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, not memory: threads must meet the same locks as in production. The power does not fail here.
    DATABASES["default"]["TEST"] = {"NAME": SCRATCH / "test.sqlite3"}
    DATABASES["default"]["OPTIONS"]["init_command"] = (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
    )
# A thread that ends with its test closes nothing: what it asked is hung up at once.
DATABASES["default"]["CONN_MAX_AGE"] = 0
