"""The archive for other programs' language models, by the Model Context Protocol."""
