"""Helpers that more than one folder of tests uses: `from helpers.golden import Golden`."""
