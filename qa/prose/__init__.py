"""Prose by a language model, under rules that code enforces."""
