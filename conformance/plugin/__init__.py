"""The pytest plugin: options, fixtures, workers, the controller."""
