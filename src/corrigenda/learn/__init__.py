"""Learning from texts whose truth is known: what an engine does to letters, and when a correction can be trusted."""
