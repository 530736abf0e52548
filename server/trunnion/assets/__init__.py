"""Locations, functional positions, each asset, its life, its installations, meters and QR codes."""
