"""The attach room: what sticks to anything: files, comments, signatures, external references, attributes, tags."""
