"""The chain as a workbook: which sheets and columns there are, how a cell is read, and in which order rows are brought in."""
