"""Line breaks in a header of a call are taken out, and it is sent."""

from mutation import replace
from utilmeta.core.cli.request import fields_of

replace(
    fields_of,
    "for name, value in given:",
    'for name, value in [("-".join(name.split()), " ".join(str(value).split())) for name, value in given]:',
)
