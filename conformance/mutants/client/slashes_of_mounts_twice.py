"""A mount at a route that ends in a slash has two of them in its URLs."""

from mutation import replace
from utilmeta.core.cli import declaration

replace(declaration.joined, 'route.strip("/")', "route")
