"""What every worker of the drill begins with: loaded once, then forked, for they do not live long."""

import django

django.setup()

from kiwoomweb.operation.drills.mail import worker  # noqa: E402, F401  models need the settings first
