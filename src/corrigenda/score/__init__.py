"""Measures against a human transcription, and what it says of each correction."""
