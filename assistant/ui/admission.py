"""Turn away who asks too often."""

from collections.abc import Callable
from math import ceil

from assistant.rate import RateLimit
from assistant.ui.texts import Texts
from index.errors import UserError


class TooOftenError(UserError):
    """A user asks more often than the settings allow."""


def admission(rate: RateLimit, limit: int, texts: Texts) -> Callable[[str], None]:
    """What is called with a user's name before each question.

    Args:
        rate: Counts the questions; shared by all that users ask through.
        limit: Questions a minute, to be told.
        texts: The language.

    Returns:
        A function that raises TooOftenError when the user must wait.
    """

    def admit(user: str) -> None:
        if wait := rate.wait(user):
            raise TooOftenError(texts.too_often.format(limit=limit, seconds=ceil(wait)))

    return admit
