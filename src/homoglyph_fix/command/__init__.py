"""The command line: parse, plan, carry out. It sees only the public face of the package."""
