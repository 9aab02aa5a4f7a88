"""A logging filter of the user's on each logger of frameworks and servers, added before anything else."""

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
