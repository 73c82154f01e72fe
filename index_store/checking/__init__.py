"""Whether what is kept under a home is sound: small checks, each of which tells one finding."""
