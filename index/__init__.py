"""From report files to an index: load, clean, describe, split, embed, store."""
