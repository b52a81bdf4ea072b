"""The chat: ``python app.py``, then open the printed address in a browser (as ``assistant serve``)."""

import sys

from assistant.cli import main

if __name__ == "__main__":
    sys.exit(main(["serve", *sys.argv[1:]]))
