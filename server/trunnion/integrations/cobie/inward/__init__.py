"""Writing the rows of a workbook into the rooms that own the records, a batch for each kind of record."""
