discard """
  errormsg: "cannot open file: nosuchmodule"
  line: 5
"""
import nosuchmodule
