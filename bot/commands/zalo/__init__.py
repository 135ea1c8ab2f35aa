"""`motcua zalo`: what an administrator does for the Zalo channels."""
