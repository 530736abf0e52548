// Holds anything.
