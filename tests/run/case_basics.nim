discard """
  output: '''
zero few some special special many many 
1200
lowerupperdigitother
1
elif
'''
"""
proc f(n: int): string =
  case n
  of 0: "zero"
  of 1, 2: "few"
  of 3..9: "some"
  of 10, 20..29: "special"
  else: "many"
for n in [0, 2, 7, 10, 25, 30, -1]: stdout.write f(n), " "
echo ""
proc g(s: string): int =
  case s
  of "one": result = 1
  of "two", "zwei": result = 2
  else: discard
echo g("one"), g("zwei"), g("x"), g("")
proc h(c: char): string =
  case c
  of 'a'..'z': "lower"
  of 'A'..'Z': "upper"
  of {'0'..'9'}: "digit"
  else: "other"
echo h('q'), h('Q'), h('5'), h('!')
let v = case true
  of true: 1
  of false: 0
echo v
case 7
of low(int) .. 0: echo "neg"
elif 1 == 1: echo "elif"
else: echo "pos"
