"""Measures answer quality and speed; see ``README.md``."""
