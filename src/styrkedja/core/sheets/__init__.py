"""Tables as people keep them: sheets of a workbook (xlsx), or a folder with a CSV file for each."""
