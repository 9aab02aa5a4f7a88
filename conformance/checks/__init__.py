"""The checks, one module a chapter of the contract; fixtures come from conformance.plugin.fixtures."""
