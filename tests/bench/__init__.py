"""Benchmarks: ratios against named baselines, run by `make bench`."""
