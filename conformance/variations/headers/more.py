"""An answer has headers of the implementation's own: Server-Timing, X-Powered-By and those that harden a browser."""

from replies import change_replies

LEVEL = "full"
MORE = [
    ("Server-Timing", "total;dur=1"),
    ("X-Powered-By", "acme"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Referrer-Policy", "same-origin"),
]
change_replies(lambda status, headers, body, request: (status, [*headers, *MORE], body))
