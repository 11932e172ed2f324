"""Practising in a terminal: ask, check, explain, ask again, and come back when it is due."""
