"""Other libraries' columns of text: a module for each library, over the public face of this package."""
