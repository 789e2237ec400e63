discard """
  output: '''
ord(succ(c)) !! over- or underflow
ord(pred(c0)) !! over- or underflow
ord(succ(c, 300)) !! over- or underflow
ord(succ('a', 2)) => 99
succ(b) !! over- or underflow
pred(false) !! over- or underflow
succ(e) !! over- or underflow
pred(ea) !! over- or underflow
inc(c) !! over- or underflow
dec(c0) !! over- or underflow
inc(b) !! over- or underflow
inc(e) !! over- or underflow
inc(u8)
inc(c0, 255)
255255trueeb0
'''
"""
# There is nothing before the first and behind the last char, bool or constant.
template t(e: untyped) =
  try: echo astToStr(e), " => ", e
  except OverflowDefect as x: echo astToStr(e), " !! ", x.msg
template u(e: untyped) =
  try:
    e
    echo astToStr(e)
  except OverflowDefect as x: echo astToStr(e), " !! ", x.msg
type E = enum ea, eb
var
  c = '\xff'
  c0 = '\0'
  b = true
  e = eb
  u8 = 255'u8
t ord(succ(c))
t ord(pred(c0))
t ord(succ(c, 300))
t ord(succ('a', 2))
t succ(b)
t pred(false)
t succ(e)
t pred(ea)
u inc(c)
u dec(c0)
u inc(b)
u inc(e)
u inc(u8)
u inc(c0, 255)
echo ord(c), ord(c0), b, e, u8
