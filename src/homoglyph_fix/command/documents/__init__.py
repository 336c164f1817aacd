"""Documents: Markdown, HTML, PO and code, in which all that is no prose stays as it is."""
