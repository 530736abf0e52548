"""A smaller room of attach: labels for whatever a room above can print, on sheets and on rolls."""
