"""Files of every accepted format → text."""
