discard """
  output: '''
5
6
abc @[1]
1 2 1 2
'''
"""
var x {.threadvar.}: int
var text {.threadvar.}: string
var list {.threadvar.}: seq[int]
x = 5
echo x
proc f() =
  inc x
  text = "abc"
  list.add 1
f()
echo x
echo text, " ", list

proc counted[T](): int =
  # One of a proc stays, too.
  var n {.threadvar.}: int
  inc n
  n
proc counts(): int =
  var n {.threadvar.}: int
  inc n
  n
echo counted[int](), " ", counted[int](), " ", counts(), " ", counts()
