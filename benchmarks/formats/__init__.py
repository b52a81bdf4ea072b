"""Measures answers over reports in every format that is read."""
