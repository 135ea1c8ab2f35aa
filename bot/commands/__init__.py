"""The commands of `motcua`, one module a group. They print; everything else returns."""
