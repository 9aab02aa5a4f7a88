"""Answers of clients that are read piece by piece: events, lines of JSON, and downloads."""
