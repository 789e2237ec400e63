discard """
  output: '''
7 7 true false
9 21
2 true 1
true
0
21 true
'''
"""
# Refs in containers are shared; equality is identity.
type Unit = ref object
  hp: int
let a = Unit(hp: 10)
var team = @[a, Unit(hp: 20), a]
team[0].hp -= 3
echo a.hp, " ", team[2].hp, " ", team[0] == team[2], " ", team[0] == team[1]
for u in team: u.hp += 1
echo a.hp, " ", team[1].hp
team.delete(0)
echo team.len, " ", a in team, " ", team.find(a)
var grid: array[2, Unit]
echo grid[0].isNil
grid[1] = a
grid[1].hp = 0
echo team[1].hp
proc strongest(us: seq[Unit]): Unit =
  for u in us:
    if result == nil or u.hp > result.hp: result = u
echo strongest(team).hp, " ", strongest(@[]) == nil
