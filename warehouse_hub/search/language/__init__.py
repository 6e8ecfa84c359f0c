"""What people type into the search field: read once, for the page, the API, the command and saved searches."""
