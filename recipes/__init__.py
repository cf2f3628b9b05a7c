"""Makes the tables and weights that newsum ships, from training data that is not in the project; not in the wheel."""
