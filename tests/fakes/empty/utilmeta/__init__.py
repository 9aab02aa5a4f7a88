"""Provides the import name and nothing else: the scenarios beside it build their applications by hand."""
