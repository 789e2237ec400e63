#! (2, 7) Error: expected: ':', but got: 'echo'
#! (5, 1) Error: expected 'except'
#! (5, 11) Error: expected: 'in', but got: 'echo'
#! (6, 6) Error: expected: ':', but got: 'keyword while'
#! (7, 7) Error: expected: ':', but got: 'echo'
#! (9, 6) Error: expected: 'import', but got: 'keyword block'
#! (11, 5) Error: the 'asm' statement takes a string literal
#! (13, 1) Error: invalid indentation
#! (13, 1) Error: expression expected, but found 'keyword else'
#! (15, 7) Error: nestable statement requires indentation
if x
  echo 1
try:
  echo 1
for x echo 1
while true
  echo 1
from x imprt y
block 5:
  discard
asm 5
import
else:
  echo 1
if a: if b: c
