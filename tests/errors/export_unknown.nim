discard """
  errormsg: "cannot export: foo"
  line: 5
"""
export foo
