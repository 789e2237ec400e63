discard """
  output: '''
end
'''
"""
# Where no branch is meant and there is no `else`, nothing happens.
case "b"
of "a": echo "a"
case 5.5
of 1.0: echo "one"
of 2.0..3.0: echo "two to three"
proc f(s: cstring) =
  case s
  of "x": echo "x"
  of "y": echo "y"
f("z")
echo "end"
