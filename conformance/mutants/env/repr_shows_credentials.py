"""A repr shows what is secret inside a URL."""

import re

from utilmeta.conf import secret

secret.CREDENTIALS = re.compile("(?!)")
