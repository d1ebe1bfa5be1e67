"""What must hold of an object of the steering chain, and how the chain is written in a workbook."""
