"""The door: mounts the rooms' routes, signs callers in, writes refusals, streams events, serves the clients."""
