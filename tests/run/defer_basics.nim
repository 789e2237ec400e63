discard """
  output: '''
begin
end
deferred 2
deferred 1
leaving q
leaving q
110
even then
r
body 0
each 0
body 1
each 1
block
block end
'''
"""
proc p() =
  echo "begin"
  defer: echo "deferred 1"
  defer:
    echo "deferred 2"
  echo "end"
p()
proc q(n: int): int =
  defer: echo "leaving q"
  if n > 0: return n
  n * -10
echo q(1), q(-1)
proc r() =
  defer: echo "even then"
  raise newException(ValueError, "r")
try: r()
except ValueError as e: echo e.msg
for i in 0..1:
  defer: echo "each ", i
  echo "body ", i
block:
  defer: echo "block end"
  echo "block"
