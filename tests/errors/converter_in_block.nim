discard """
  errormsg: "'converter' is only allowed at top level"
  line: 7
"""
block:
  type Text = object
  converter toText(x: int): Text = Text()
