"""Measures lists."""

import sqlite3

sqlite3.connect(":memory:").cursor()
