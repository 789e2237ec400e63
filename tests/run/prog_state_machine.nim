discard """
  output: '''
dead
idle -> walking
walking -> jumping
jumping -> walking
walking -> idle
idle -> dead
'''
"""
type
  State = enum idle, walking, jumping, dead
  Event = enum press, release, land, hit
  Machine = object
    state: State
    log: seq[(State, State)]
const table: array[State, array[Event, State]] = [
  idle: [press: walking, release: idle, land: idle, hit: dead],
  walking: [press: jumping, release: idle, land: walking, hit: dead],
  jumping: [press: jumping, release: jumping, land: walking, hit: dead],
  dead: [press: dead, release: dead, land: dead, hit: dead]]
proc feed(m: var Machine, e: Event) =
  let next = table[m.state][e]
  if next != m.state: m.log.add((m.state, next))
  m.state = next
var m: Machine
for e in [press, press, release, land, release, hit, press]: m.feed(e)
echo m.state
for (a, b) in m.log: echo a, " -> ", b
