"""From bytes to values: decoding, telling the parts of a page apart, and reading clean editions."""
