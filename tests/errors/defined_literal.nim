discard """
  errormsg: "in expression 'defined(3)': identifier expected, but found '3'"
  line: 6
"""
# What is asked for has a name.
when defined(3): echo "three"
