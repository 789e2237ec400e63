discard """
  errormsg: "Only one general except clause is allowed after more specific exceptions"
  line: 7
"""
try: discard
except: discard
except ValueError: discard
