"""How the page is shown: by itself, and in a frame on a page of the commune."""
