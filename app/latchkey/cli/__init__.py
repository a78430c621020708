"""The command line: parse, call, print. Each command is a function from its arguments to a `Result`, which is printed
when all is done.
"""
