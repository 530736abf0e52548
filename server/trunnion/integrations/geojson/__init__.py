"""Places and assets as GeoJSON, in and out, and as an OGC API of features."""
