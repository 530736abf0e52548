"""Workforce: who can do work, in which team, at which rate."""
