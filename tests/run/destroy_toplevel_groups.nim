discard """
  output: '''
1
after 1
2
after 2
after 3 7
in if
after 6
~6
after if
body 0
end body
~10
body 1
end body
~11
~2
end block
~20
~30
after while
~40
assigned
~50
except
~51
finally
~52
sixty
2 70
copy 80
after 80
~80
~80
~60
~5
~4
~3
~2
~1
90
after 90
91
when
(94, 95)
end
~95
~94
~93
~90
~91
~92
~70
~71
~41
'''
"""
# Temporaries of the top level live up to the next declaration of a routine; those of blocks and loops, as long as these.
type Tr = object
  id: int
proc `=destroy`(x: var Tr) =
  if x.id != 0: echo "~", x.id
proc `=copy`(a: var Tr, b: Tr) =
  echo "copy ", b.id
  a.id = b.id
proc mk(id: int): Tr = Tr(id: id)
proc use(t: Tr): int = t.id
proc idt(t: Tr): Tr = t
echo "1"
discard mk(1)
echo "after 1"
echo use(mk(2))
echo "after 2"
let a = use(mk(3)) + use(mk(4))
echo "after 3 ", a
if use(mk(5)) == 5:
  echo "in if"
  discard use(mk(6))
  echo "after 6"
echo "after if"
for i in 0 ..< use(mk(2)):
  echo "body ", i
  discard use(mk(10 + i))
  echo "end body"
block:
  discard use(mk(20))
  echo "end block"
while use(mk(30)) != 30:
  echo "never"
echo "after while"
var g = mk(40)
g = mk(41)
echo "assigned"
try:
  discard use(mk(50))
  raise newException(ValueError, "x")
except ValueError:
  discard use(mk(51))
  echo "except"
finally:
  discard use(mk(52))
  echo "finally"
case use(mk(60))
of 60: echo "sixty"
else: discard
let s = @[mk(70), mk(71)]
echo s.len, " ", s[0].id
discard idt(mk(80))
echo "after 80"
proc p(): Tr =
  result = mk(90)
echo p().id
echo "after 90"
let t = (mk(91), mk(92))
echo t[0].id
when true:
  discard use(mk(93))
  echo "when"
echo (use(mk(94)), use(mk(95)))
echo "end"
