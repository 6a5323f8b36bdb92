"""The published edition as a witness of the page."""
