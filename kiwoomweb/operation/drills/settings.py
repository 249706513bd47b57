"""The product's settings for a drill: its folder is named by KIWOOMWEB_VAR, its queue goes nowhere."""

from kiwoomweb.settings import *  # noqa: F403  settings are made of settings
from kiwoomweb.settings import DATABASES

CHANNEL_LAYERS = {"default": {"BACKEND": "channels.layers.InMemoryChannelLayer"}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
TASK_QUEUE = "kiwoomweb.operation.drills.nobody.hears"
# The power does not fail in a drill, and its database is thrown away.
DATABASES["default"]["OPTIONS"]["init_command"] = (
    "PRAGMA journal_mode=WAL; PRAGMA synchronous=OFF; PRAGMA foreign_keys=ON;"
)
