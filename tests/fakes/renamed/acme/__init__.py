"""An implementation that calls everything by other names than the page."""
