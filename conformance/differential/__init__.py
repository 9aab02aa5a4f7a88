"""Variants that must agree are an oracle: all are sent the same bytes, and the answers are compared (BACKEND-7)."""
