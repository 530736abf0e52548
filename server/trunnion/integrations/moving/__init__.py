"""A whole organisation out of an installation and into another one."""
