"""One module per format: `OPTIONS`, the keys it knows, and `read(tree, source)`; a folder walk finds them."""
