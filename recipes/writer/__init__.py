"""Makes the rows that the bundled writer is trained on; see README.md beside this file."""
