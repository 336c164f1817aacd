"""Speed and accuracy of homoglyph-fix beside other programs, measured in one run.

Run at the top of the checkout, for example `python -m benchmarks.speed --quick`; every script has --help.
"""
