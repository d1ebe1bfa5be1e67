"""Pages of the routines, and of what the reader has been told."""
