"""Measures how fast the page is in a browser."""
