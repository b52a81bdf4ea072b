"""How well altered answers are told from true ones: ``python -m benchmarks.verification.run``."""
