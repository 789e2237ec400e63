discard """
  errormsg: "expression '\"value\"' is of type 'string' and has to be used (or discarded)"
  line: 8
"""
# Statements that assign `result` have no other value.
proc both(): string =
  result = "result"
  "value"
echo both()
