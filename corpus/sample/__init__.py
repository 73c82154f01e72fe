"""The sample archive and its question set; data only."""
