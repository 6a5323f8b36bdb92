"""Files at the edge of the program: reading inputs, and writing results so that nothing is lost or half-written."""
