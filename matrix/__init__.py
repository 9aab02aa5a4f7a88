"""Reads and writes reports of the harness, and makes a matrix, badges and a page of divergences of them."""
