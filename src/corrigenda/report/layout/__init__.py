"""Corrected pages in the layout format that they came in, and as a PDF that can be searched."""
