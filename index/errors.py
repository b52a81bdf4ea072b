"""Errors a user can mend; each message says what is wrong, names the value and the remedy.

::

    UserError                  shown as one line, exit code 2
    ├── ReportsError           the reports folder cannot be used
    ├── IndexMismatchError     the index was made by another model or schema, or is damaged
    ├── IndexLockError         the index is being built by another process for too long, or cannot be locked
    ├── EmbeddingError         the embedding model cannot be loaded
    └── QuestionError          the question is empty or too long
"""


class UserError(Exception):
    """Something the user can mend; ``str(error)`` is one line for the user."""


class ReportsError(UserError):
    """The reports folder is missing or holds no readable report."""


class IndexMismatchError(UserError):
    """The index on disk was made with another embedding model or schema version, or is damaged."""


class IndexLockError(UserError):
    """Another process builds the index and does not end, or its folder cannot be locked."""


class EmbeddingError(UserError):
    """The embedding model of the settings cannot be loaded."""


class QuestionError(UserError):
    """The question is empty or too long."""
