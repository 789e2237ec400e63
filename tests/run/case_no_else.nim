discard """
  output: '''
0
end
'''
"""
# Where no branch is meant and there is no `else`, nothing happens.
case "b"
of "a": echo "a"
case 5.5
of 1.0: echo "one"
of 2.0..3.0: echo "two to three"
proc f(s: string): int =
  case s
  of "x", "y": result = 1
  of "z": discard
f("z").echo
echo "end"
