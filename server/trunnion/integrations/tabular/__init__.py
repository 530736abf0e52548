"""Tables of rows from anywhere: CSV, workbooks, pasted cells, whatever their headings are called."""
