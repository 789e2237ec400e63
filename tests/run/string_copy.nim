discard """
  output: '''
One one!
literal Literal
Literal+
One One?
'''
"""
# Strings are values: an assignment copies.
var a = "one"
var b = a
b.add("!")
a[0] = 'O'
echo a, " ", b
let lit = "literal"
var c = lit
c[0] = 'L'
echo lit, " ", c
proc change(s: var string) = s.add("+")
change(c)
echo c
var arr = [a, b]
arr[0].add("?")
echo a, " ", arr[0]
