"""Says when an order is late.

More words may follow here
"""
