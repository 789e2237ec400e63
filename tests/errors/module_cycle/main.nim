discard """
  errormsg: "undeclared identifier: 'Late'"
  file: "b.nim"
  line: 2
"""
import a
