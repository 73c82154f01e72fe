"""Answering: evidence, quotations, refusals, verification; the command line and the HTTP API."""
