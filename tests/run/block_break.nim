discard """
  output: '''
in
67
42
i0
after0
after1
i2
after2
1
3
5
'''
"""
block:
  echo "in"
block named:
  for i in 0..9:
    for j in 0..9:
      if i * j == 42:
        echo i, j
        break named
  echo "never"
let v = block:
  let a = 2
  a * 21
echo v
block a:
  block b:
    if v == 42: break a
    echo "no"
  echo "no"
for i in 0..2:
  block inner:
    if i == 1: break inner
    echo "i", i
  echo "after", i
for i in 0..5:
  if i mod 2 == 0: continue
  echo i
