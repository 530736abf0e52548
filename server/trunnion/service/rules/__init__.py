"""Pure rules of service: the steps that a guest sees, what a guest may know and do, how often."""
