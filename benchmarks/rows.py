"""One measured figure, and how it is shown."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure.

    Attributes:
        subject: What was measured, for example "quality, bundled reports".
        measure: Name of the figure.
        value: The figure, or None when it could not be measured.
        unit: "share" (0 to 1), "s", "ms", "characters" or "questions".
        note: How it was measured, or why it was not.
    """

    subject: str
    measure: str
    value: float | None
    unit: str
    note: str = ""

    def line(self) -> str:
        """The row as a line of a table on a terminal."""
        shown = "–" if self.value is None else f"{self.value:.4g}"
        return f"{self.subject:28} {self.measure:22} {shown:>9} {self.unit:10} {self.note}"
