discard """
  output: '''
4 4 4 z
3 5 2 2
-1
1.5
3000
'''
"""
# obj.f(x), obj.f, command calls, and chains of them.
type Account = object
  owner: string
  cents: int
proc deposit(a: var Account, n: int) = a.cents += n
proc euros(a: Account): int = a.cents div 100
proc withOwner(a: Account, o: string): Account =
  result = a
  result.owner = o
var a = Account(owner: "x")
a.deposit(250)
a.deposit 50
deposit a, 100
echo a.euros, " ", a.euros(), " ", euros(a), " ", a.withOwner("y").withOwner("z").owner
echo "abc".len, " ", 5.`$`, " ", 1.max(2), " ", [1, 2].len
echo 3.cmp 4
let s = @[1, 2, 3]
echo s.len.float / 2
proc `width=`(a: var Account, w: int) = a.cents = w * 1000
a.width = 3
echo a.cents
