"""The years that a volume covers, by its name."""

from __future__ import annotations

import re

__all__ = ["YEARS_AROUND", "volume_years"]

YEARS_AROUND = 3
"""Who is named in one year was very likely to be named this many years before and after."""

_VOLUME_YEARS = re.compile(r"frus(\d\d)(\d\d)(?:-(\d\d))?")


def volume_years(name: str) -> tuple[int, int] | None:
    """The first and last year that a volume of FRUS covers, by its name; None for any other name.

    >>> volume_years("frus1961-63v10"), volume_years("frus1969-76ve05p2"), volume_years("frus1945v03")
    ((1961, 1963), (1969, 1976), (1945, 1945))
    """
    found = _VOLUME_YEARS.match(name)
    if not found:
        return None
    first = int(found[1] + found[2])
    return first, int(found[1] + found[3]) if found[3] else first
