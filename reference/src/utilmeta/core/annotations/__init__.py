"""Reads annotations and signatures of classes and functions: resolved, TypeVars replaced by their types."""
