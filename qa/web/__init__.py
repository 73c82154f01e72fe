"""What browsers are served: the chat's pages and the widget."""
