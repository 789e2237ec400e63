discard """
  errormsg: "type mismatch: got 'A' for 'a' but expected 'int'"
  line: 6
"""
type A = distinct int
converter toInt(a: A): int = a
