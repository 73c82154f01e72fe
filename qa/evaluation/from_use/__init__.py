"""From use to test: logged answers and what readers thought of them become questions of a set."""
