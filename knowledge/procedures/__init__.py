"""All about procedures and their papers."""
