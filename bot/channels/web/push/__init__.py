"""Web Push: news while the page is closed, through the service of the person's browser."""
