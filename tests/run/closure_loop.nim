discard """
  output: '''
no0
no1
no2
123
'''
"""
# A closure made in a loop through a proc has its own variable.
proc make(i: int): proc (): string =
  let text = "no" & $i
  result = proc (): string = text
var fs: seq[proc (): string]
for i in 0..2: fs.add(make(i))
for f in fs: echo f()
proc shared(): seq[proc (): int] =
  var n = 0
  for step in [1, 10]:
    let mine = step
    result.add(proc (): int =
      inc n
      n)
let s = shared()
echo s[0](), s[1](), s[0]()
