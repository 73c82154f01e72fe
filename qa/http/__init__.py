"""The HTTP API and the files it serves to a browser."""

from qa.http.app import create_app

__all__ = ["create_app"]
