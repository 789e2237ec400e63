discard """
  disabled: "nim"
  output: '''
1 2 x
1 a 1
'''
"""
# Nim 2 takes patterns in patterns, also of constants (manual, "Tuple unpacking").
const (a, (b, c)) = (1, (2, "x"))
echo a, " ", b, " ", c
proc made(): (int, (string, seq[int])) = (1, ("a", @[1]))
const (d, (e, f)) = made()
static: doAssert e == "a"
echo d, " ", e, " ", f.len
