"""Knowledge: what is known of faults, as code lists that a failure is recorded with."""
