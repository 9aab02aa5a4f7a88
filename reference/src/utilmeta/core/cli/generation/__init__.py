"""Clients that nobody writes: made of an API class in this process, and written as modules.

An API class is read into a description (``api_class`` to ``description``); of that a class is made (``client_class``),
or a module written.
"""
