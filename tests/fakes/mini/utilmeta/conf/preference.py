"""Preferences of the framework."""


class Preference:
    """Preferences; what is not given has the page's default."""

    def __init__(self, strict_root_route=False, api_default_strict_response=None):
        self.strict_root_route = strict_root_route
        self.api_default_strict_response = api_default_strict_response
