"""Service: what people ask for, from the scanned code to the signature under finished work."""
