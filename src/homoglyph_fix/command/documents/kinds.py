"""Which kinds of documents there are, by the ending of a name or as the command says."""

from __future__ import annotations

from ..compression import without_compression
from ..endings import ending_of

TEXT, MARKDOWN, HTML, CODE, PO = "text", "markdown", "html", "code", "po"
DOCUMENTS = (MARKDOWN, HTML, CODE, PO)

_ENDINGS = {
    MARKDOWN: ".md .markdown .mdown .mkd .mkdn .mdwn .qmd .rmd",
    HTML: ".html .htm .xhtml .shtml",
    PO: ".po .pot",
    CODE: (
        ".py .pyi .pyw .pyx .js .mjs .cjs .jsx .ts .mts .cts .tsx .css .scss .sass .less .sql .c .h .cc .cpp .cxx .hh .hpp .hxx .ino .cs "
        ".java .kt .kts .scala .groovy .gradle .go .rs .rb .php .sh .bash .zsh .fish .ps1 .psm1 .bat .cmd .pl .pm .lua .swift .m .mm .dart "
        ".r .jl .hs .ml .mli .fs .fsx .vb .pas .pp .dpr .ex .exs .erl .clj .cljs .lisp .el .scm .nim .zig .d .tcl .awk .asm .proto .cmake "
        ".tf .graphql .gql .vhd .vhdl .v .sv"
    ),
}
# .yaml, .toml, .ini, .properties and .json are text: they hold translations and letters to people as often as settings.
# So are .vue, .svelte and templates: they are neither HTML nor one language.

_KINDS = {ending: kind for kind, endings in _ENDINGS.items() for ending in endings.split()}


def kind_of(name: str) -> str | None:
    """Return what a document is by the name of its file; None for text and for what a name does not tell.

    >>> kind_of("docs/README.md"), kind_of("index.HTML.gz"), kind_of("uk.po"), kind_of("a.py"), kind_of("a.txt")
    ('markdown', 'html', 'po', 'code', None)
    """
    return _KINDS.get(ending_of(without_compression(name)))
