"""How times are written."""

from ..faults import has

DATETIME_FORMAT = "%Y-%m-%dT%H:%M:%S" if has("a datetime is written as ISO 8601") else "%Y-%m-%d %H:%M:%S"


class Time:
    """Time zone and formats of the service."""

    def __init__(
        self,
        time_zone=None,
        use_tz=True,
        date_format="%Y-%m-%d",
        time_format="%H:%M:%S",
        datetime_format=DATETIME_FORMAT,
    ):
        self.time_zone, self.use_tz = time_zone, use_tz
        self.date_format, self.time_format, self.datetime_format = date_format, time_format, datetime_format
