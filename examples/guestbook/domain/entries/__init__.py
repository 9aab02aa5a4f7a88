"""What guests wrote."""
