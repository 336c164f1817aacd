"""Documents that are packages of XML: Word, OpenDocument and EPUB, whose text is repaired where it stands."""
