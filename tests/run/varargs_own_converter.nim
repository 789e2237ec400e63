discard """
  disabled: "nim"
  output: '''
<1><two><3>
<1><a>
'''
"""
# The real Nim overflows its stack here.
# A routine that converts the elements of its own varargs leaves those that are converted already.
type Value = object
  text: string
proc v(i: int): Value = Value(text: $i)
proc v(s: string): Value = Value(text: s)
proc v(xs: varargs[Value, v]): Value =
  for x in xs: result.text.add "<" & x.text & ">"
echo v(1, "two", 3).text
echo v(v(1), v("a")).text
