"""How well passages are found: lexical, dense and hybrid, with and without diacritics."""
