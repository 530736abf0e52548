"""Speaks for the room."""

from ninja import Router
