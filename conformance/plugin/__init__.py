"""The pytest plugin: options, fixtures, what workers record and what the controller makes of it."""
