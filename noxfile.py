"""Tests on every Python that the package promises, and with the oldest dependencies: `nox -l` lists the sessions.

What follows `--` goes to pytest: `nox -s tests-3.12 -- -k formula`.
"""

from __future__ import annotations

import re

import nox

PROJECT = nox.project.load_toml("pyproject.toml")["project"]
PYTHONS = ["3.10", "3.11", "3.12", "3.13", "3.14"]

nox.needs_version = ">=2024.4.15"
nox.options.sessions = ["lint", "tests"]
nox.options.reuse_venv = "yes"


@nox.session(python=PYTHONS)
def tests(session: nox.Session) -> None:
    """Run the unit tests."""
    session.install("--editable", ".[test]")
    session.run("pytest", "-q", *session.posargs)


@nox.session(python=PYTHONS[0])
def lowest(session: nox.Session) -> None:
    """Run the unit tests with the lowest versions that pyproject.toml allows."""
    oldest = [requirement.replace(">=", "==") for requirement in PROJECT["dependencies"]]
    # wordfreq, which rebuilds the data, asks for a newer regex; its tests are skipped without it.
    left_out = re.compile("wordfreq|mypy|ruff|homoglyph")  # the last are the integrations, which have a session of their own
    needed = [requirement for requirement in PROJECT["optional-dependencies"]["test"] if not left_out.match(requirement)]
    session.install("--editable", ".", *oldest, *needed)
    session.run("pytest", "-q", *session.posargs)


@nox.session(python=PYTHONS[1])
def integrations(session: nox.Session) -> None:
    """Run the tests of the integrations with the newest versions of the libraries."""
    session.install("--editable", ".[integrations]")
    session.run("pytest", "-q", "-m", "", "tests/integrations", "tests/test_docs.py", *session.posargs)


@nox.session(python=PYTHONS[1])
def lowest_integrations(session: nox.Session) -> None:
    """Run the tests of the integrations with the lowest versions of the libraries, those of spaCy and scikit-learn left out."""
    extras = ["arrow", "pandas", "polars", "datasets", "datatrove", "spark", "ray", "integrations"]
    named = [requirement for extra in extras for requirement in PROJECT["optional-dependencies"][extra]]
    oldest = [requirement.replace(">=", "==") for requirement in named if not re.match("homoglyph|spacy|scikit", requirement)]
    session.install("--editable", ".", *oldest, "pytest>=8", "hypothesis>=6.100")
    session.run("pytest", "-q", "tests/integrations", *session.posargs)


@nox.session
def lint(session: nox.Session) -> None:
    """Run ruff and mypy."""
    session.install("--editable", ".[test]")
    session.run("ruff", "check", ".")
    session.run("mypy")


@nox.session(name="property")
def properties(session: nox.Session) -> None:
    """Try the promises on thousands of made-up texts."""
    session.install("--editable", ".[test]")
    session.run("pytest", "-q", "-m", "property", "--numprocesses=auto", *session.posargs)


@nox.session
def page(session: nox.Session) -> None:
    """Try the page of --report in a browser, which must be there."""
    session.install("--editable", ".[browser]")
    session.run("pytest", "-q", "tests/test_page.py", "tests/test_page_in_browser.py", *session.posargs)
