"""Files together with what a library of references says of them: Zotero's, or one exported beside them."""
