"""Articles that editors add in the page: received as files, kept in the home, then indexed."""
