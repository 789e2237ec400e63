discard """
  errormsg: "undeclared identifier: 'hidden'"
  line: 7
"""
import other
echo shown()
echo hidden()
