"""A smaller room of identity: who must agree before a verb is done, for any room above."""
