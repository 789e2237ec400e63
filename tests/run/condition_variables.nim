discard """
  output: '''
7
5
true
t!t!2
11
false
true
'''
"""
# What a condition declares, its branch can use, also where only a part of the condition is always evaluated.
proc five(): int = 5
proc text(s: string): string = s & "!"
proc f(a: bool) =
  if a and (var x = five(); x > 2): echo x + 2
  elif (let y = five(); y > 3) and (let z = y + 1; z > 3): echo y + z
  while a and (let w = five(); w > 2):
    echo w
    break
  if not a or (let s = text("s"); s.len > 1) and (let f = proc(): string = s & s; f() != s): echo a
  if a and (let s = text("t"); s.len > 1) and (let (p, q) = (s, s.len); q > 1): echo s, p, q
f(true)
f(false)
let q = five() > 7 or (let m = five(); m > 2) and m < 9
echo q
