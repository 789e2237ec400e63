discard """
  output: '''
-1
fin
12
7-5
neg
mid
10
12
6
1
64
'''
"""
import strutils
let x = try: parseInt("12a") except ValueError: -1
echo x
let y = try: parseInt("12") except ValueError: -1 finally: echo "fin"
echo y
proc p(s: string): int =
  result = try: parseInt(s)
           except ValueError: -5
echo p("7"), p("q")
let z = if x < 0: "neg" elif x == 0: "zero" else: "pos"
echo z
let w = case y
  of 0, 1: "small"
  of 2..20: "mid"
  else: "big"
echo w
let v = block:
  let t = 5
  t * 2
echo v
let u = (let q = 3; let r = 4; q * r)
echo u
let s = block foo:
  var a = 1
  while true:
    inc a
    if a > 5: break
  a
echo s
echo (if true: 1 else: 2)
echo (when sizeof(int) == 8: "64" else: "32")
