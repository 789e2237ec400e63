discard """
  output: '''
@[2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47]
168 9973
'''
"""
# Sieve of Eratosthenes.
proc sieve(n: int): seq[int] =
  var composite = newSeq[bool](n + 1)
  for i in 2 .. n:
    if not composite[i]:
      result.add(i)
      var j = i * i
      while j <= n:
        composite[j] = true
        j += i
echo sieve(50)
echo sieve(1000).len, " ", sieve(10000)[^1]
