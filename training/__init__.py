"""Training of the artefacts which ``index`` ships: the embedding model and the token vocabulary."""
