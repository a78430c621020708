"""The wizard's pages, one module per step. `table.py` maps the steps to them."""
