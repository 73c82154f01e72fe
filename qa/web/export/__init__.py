"""Conversations as documents: for the clipboard, as Markdown, as a page; with endnotes."""
