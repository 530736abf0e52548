"""The catalog room: the one item master, equipment models and their spare lists, equipment classes, units."""
