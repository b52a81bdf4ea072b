"""Ask provincial ICT reports in Vietnamese; every answer quotes its source."""

from assistant.chain import Assistant, answer
from assistant.settings import Settings
from assistant.types import Answer, Check, Citation
from index.errors import UserError

__all__ = ["Answer", "Assistant", "Check", "Citation", "Settings", "UserError", "answer"]
