"""Prices of the shop."""
