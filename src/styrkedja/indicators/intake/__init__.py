"""Files and tables of facts read in batches, and laid month by month beside those that hold, until all of it is known to be right."""
