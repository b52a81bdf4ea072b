"""How much a file of a stranger may cost."""

MAX_SENT = 120_000_000
"""Bytes of a file that is parsed, or of a text that is read."""
MAX_TEXT = 20_000_000
"""Bytes of text, in UTF-8, that a file may hold."""
MEMORY_BYTES = 2_000_000_000
"""Address space of the process that parses, its libraries included."""
SECONDS = 60
"""Time to turn a file, or a member of an archive, into text; and to read a text as a report."""
CPU_SECONDS = SECONDS + 10
"""The same in seconds of the processor, for the process to end itself."""
SCAN_SECONDS = 900
"""Time for a file that may be a scan and be read by Tesseract."""
IDLE_SECONDS = 120
"""Time without a file after which the process ends; it is started again when there is one."""
MAX_FILE = 300_000_000
"""Bytes of a file that Tesseract is given a picture in."""
MAX_DEATHS = 3
"""Members of one archive that may kill the process or take too long before the others are not tried any more."""
ARCHIVE_SECONDS = 3600
"""Time for all members of one archive; those left then are not read."""
MAX_ANSWER = 60_000_000
"""Bytes of what is told of one file: its text, or its passages and figures."""
MAX_HEAD = 5_000_000
"""Bytes of what a message tells beside that: the names of an archive's members."""
MAX_ARCHIVE = 300_000_000
"""Bytes of what is told of all members of one archive."""
