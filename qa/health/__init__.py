"""Whether a home is sound from end to end, and mending what of it can be mended."""
