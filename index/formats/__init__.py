"""Files of every accepted format → text; files of strangers are parsed in a process of its own, see ``sandbox``."""
