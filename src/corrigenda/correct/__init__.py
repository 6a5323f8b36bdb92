"""Candidates, the decision about them, and applying what was decided."""
