"""Measures the server under load, and the memory of a long run."""
