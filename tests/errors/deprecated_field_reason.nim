discard """
  errormsg: "annotation to deprecated not supported here"
  line: 8
"""
# A field or a constant of an enum cannot say why.
type
  A = object
    x {.deprecated: "why".}: int
