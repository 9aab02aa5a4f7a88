"""Handling of exceptions: which ones the server sent, what they are answered with, and how they are logged."""
