"""Files of strangers are read in a process of its own, with limits of time and memory; see ``sandbox.Sandbox``."""
