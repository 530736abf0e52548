"""Records on their way in from formats that call each thing by an id: found again, compared, written in batches."""
