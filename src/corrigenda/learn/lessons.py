"""What is learned from: readings beside their truth."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Lesson"]


@dataclass(frozen=True, kw_only=True, slots=True)
class Lesson:
    """A reading beside its truth, both whole texts; `engine` read it, and lessons of one `group` are never parted.

    `rendered` says that the page was made for learning: it helps to grow the gate's trees, but does not tell how
    sure a correction is. `confidences` has how sure the engine was of each white-space word of the reading, and
    `alternatives` what else it thought of, where that is known.
    """

    group: str
    engine: str
    reading: str
    truth: str
    rendered: bool = False
    confidences: tuple[float | None, ...] = ()
    alternatives: tuple[tuple[str, ...], ...] = ()
