"""What a clerk does with dossiers: each act is checked, can be taken back, and tells who follows."""
