"""Words counted from clean text: building, storing, and looking up."""
