"""Annotations and signatures of what a service declares: resolved, with TypeVars filled in."""
