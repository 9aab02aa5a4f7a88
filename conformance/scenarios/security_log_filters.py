"""Gives the loggers of frameworks and servers a filter of the user's, who configures logging before all else."""

import logging

for name in (
    "django.request",
    "django.server",
    "sanic.access",
    "sanic.error",
    "sanic.root",
    "sanic.server",
    "tornado.access",
    "tornado.application",
    "tornado.general",
    "utilmeta",
    "uvicorn.access",
    "uvicorn.error",
    "werkzeug",
):
    logging.getLogger(name).addFilter(logging.Filter())
