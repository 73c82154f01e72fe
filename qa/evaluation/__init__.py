"""Question sets as a newsroom's regression tests: read, run, measured, compared."""
