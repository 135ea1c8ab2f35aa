"""A bot of the Zalo Bot Platform: texts and pictures, no buttons, no files, few people a month."""
