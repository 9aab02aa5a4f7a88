"""Differential testing: all variants are sent the same bytes and have to answer alike (BACKEND-7)."""
